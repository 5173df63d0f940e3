import type { Dialect } from '@candor/config';
import type { JsonSchema } from '@candor/schema';
import { explainTraefik1 } from './explain-traefik-1.js';
import { traefikV2 } from './generated/traefik-v2.js';
import { traefikV3 } from './generated/traefik-v3.js';

/**
 * How Traefik's own loader reads a configuration: it converts every value of a file into text and parses that again, by
 * the rules of its flags (https://github.com/traefik/paerser).
 */
export const traefikDialect: Dialect = {
  printFloat,
  trimsItems: true,
  refusesNestedLists: true,
  dropsEmptyLists: true,
  dropsUnknownNulls: true,
  ignoresFalseInMaps: true,
  ignoresNumberedItems: true,
  bareFlagsInMaps: true,
  explainForeign: explainTraefik1,
  knownTo,
};

/** Formats a number as Go's `%f` does, with six decimals, or with none if all are zero. */
function printFloat(value: number): string {
  const absolute = Math.abs(value);
  // From 1e21 on, toFixed() switches to exponents.
  const digits = absolute < 1e21 ? absolute.toFixed(6) : BigInt(absolute).toString();
  return (value < 0 || Object.is(value, -0) ? '-' : '') + digits.replace(/\.0+$/, '');
}

/** Returns the release that knows a key; called for keys that the schema in use does not know. */
function knownTo(path: readonly (string | number)[]): string | undefined {
  if (declares(traefikV3, path)) return 'Traefik 3';
  return declares(traefikV2, path) ? 'Traefik 2' : undefined;
}

function declares(document: JsonSchema, path: readonly (string | number)[]): boolean {
  let at: JsonSchema | undefined = document;
  for (const key of path) {
    at = resolve(document, at);
    if (typeof at !== 'object') return false;
    const { properties = {}, additionalProperties, items } = at as Keywords;
    const name = Object.keys(properties).find((known) => known.toLowerCase() === String(key).toLowerCase());
    at = name === undefined ? (additionalProperties ?? items) : properties[name];
    if (at === undefined || at === false) return false;
  }
  return path.length > 0;
}

interface Keywords {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema;
  readonly items?: JsonSchema;
}

/** Resolves `#/$defs/NAME`, the only form of reference in the generated schemas. */
function resolve(document: JsonSchema, schema: JsonSchema | undefined): JsonSchema | undefined {
  const { $ref } = (schema ?? {}) as { readonly $ref?: string };
  const name = $ref?.slice('#/$defs/'.length);
  const { $defs = {} } = document as { readonly $defs?: Readonly<Record<string, JsonSchema>> };
  return name === undefined ? schema : $defs[name];
}
