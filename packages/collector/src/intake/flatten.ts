import type { FactValue, Json } from '@candor/protocol';
import {
  type FieldList,
  type OutputSchema,
  formatPath,
  isMask,
  maskedText,
  otherValue,
} from '@candor/schema';
import type { Fact } from '@candor/storage';

const longestText = 256;
const mostFacts = 1_000;

/** Lists what a verified document says, each path and value once. */
export type Flatten = (document: Json) => Fact[];

/**
 * Creates the flattener of a field list's documents.
 *
 * Paths are those of the field list: `*` is any member of a map or list. Sections and lists
 * are facts with the value `true` (they are there), exported values are facts with their value, and masked ones are
 * `xxxx` whatever their kind: a switch that was masked must not read as on or off. A text of more than 256 characters
 * is `other`, and what goes beyond 1,000 facts is left out: facts are kept for good, so no sender may grow them at will.
 */
export function createFlatten({ output }: Pick<FieldList, 'output'>): Flatten {
  const schemas = output.map(compile);
  return (document) => {
    const facts = new Map<string, Fact>();
    const add = (path: string, value: FactValue, free: boolean): void => {
      facts.set(`${path}\n${JSON.stringify(value)}`, { path, value, free });
    };
    const walk = (value: Json, position: number | undefined, path: string): void => {
      const at = position === undefined ? undefined : schemas[position];
      if (at === undefined || facts.size >= mostFacts) return;
      if (typeof value !== 'object' || value === null)
        return add(path, factValue(value, at), isFree(value, at));
      if (path !== '') add(path, true, false);
      const before = path === '' ? '' : `${path}.`;
      if (Array.isArray(value)) {
        const { prefix = [], items, masked } = at.schema.list ?? {};
        return value.forEach((item, index) => {
          // A masked list has masks for items, and no schema of them.
          if (masked === true && item === maskedText) return add(`${before}*`, maskedText, false);
          const name = index in prefix ? String(index) : '*';
          walk(item, prefix[index] ?? items, before + name);
        });
      }
      for (const [key, member] of Object.entries(value)) {
        const declared = at.properties.get(key);
        const below = declared?.schema ?? at.schema.object?.additionalProperties;
        walk(member, below, before + (declared?.name ?? '*'));
      }
    };
    walk(document, 0, '');
    return [...facts.values()];
  };
}

/** An output schema with its lookups made ready. */
interface Compiled {
  readonly schema: OutputSchema;
  readonly masked: boolean;
  readonly properties: ReadonlyMap<string, { readonly name: string; readonly schema: number }>;
}

function compile(schema: OutputSchema): Compiled {
  const declared = schema.object?.properties ?? [];
  return {
    schema,
    masked: isMasked(schema),
    properties: new Map(
      declared.map(([key, member]) => [key, { name: formatPath([key]), schema: member }] as const),
    ),
  };
}

function factValue(value: FactValue, { masked }: Compiled): FactValue {
  if (masked) return maskedText;
  return typeof value === 'string' && value.length > longestText ? otherValue : value;
}

/** Returns true if the field list does not name a value, so that it can be what a person made up. */
function isFree(value: FactValue, { masked, schema }: Compiled): boolean {
  return (
    !masked && (typeof value === 'string' || typeof value === 'number') && !schema.literals.includes(value)
  );
}

/** Returns true if a schema allows nothing but masks, so that the value says only that there was one. */
function isMasked(schema: OutputSchema): boolean {
  const { literals, text, boolean, numbers, durations, port, count } = schema;
  const open = text ?? boolean ?? port ?? count ?? numbers ?? durations;
  return open === undefined && literals.every(isMask);
}
