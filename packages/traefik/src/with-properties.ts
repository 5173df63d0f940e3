import type { JsonSchema } from '@candor/schema';

interface Section {
  readonly properties: Readonly<Record<string, JsonSchema>>;
}

/** Properties that replace those of the same names: of the top level, and of definitions. */
export interface Replacements {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly $defs: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
}

/** Returns a schema with other properties and further keywords; the properties keep their order. */
export function withProperties(
  schema: JsonSchema,
  { properties, $defs }: Replacements,
  keywords: Readonly<Record<string, unknown>>,
): JsonSchema {
  const base = schema as unknown as Section & { readonly $defs: Readonly<Record<string, Section>> };
  const replaced = (section: Section, own: Replacements['properties']): Section => ({
    ...section,
    properties: { ...section.properties, ...own },
  });
  const definitions = Object.entries($defs).map(([name, own]) => [name, replaced(base.$defs[name]!, own)]);
  return {
    ...replaced(base, properties),
    $defs: { ...base.$defs, ...(Object.fromEntries(definitions) as Record<string, Section>) },
    ...keywords,
  };
}
