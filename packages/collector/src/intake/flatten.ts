import type { Json } from '@candor/protocol';
import { type FieldList, type OutputSchema, formatPath, maskedText, otherValue } from '@candor/schema';
import type { Fact, FactValue } from '@candor/storage';

const longestText = 256;
const mostFacts = 2_000;

/** Lists what a verified document says, each path and value once. */
export type Flatten = (document: Json) => Fact[];

/**
 * Creates the flattener of a field list's documents.
 *
 * A path joins keys with `.`; the key of a map's member is `*`, a place in a list is `[]`. Sections and lists
 * are facts with the value `true` (they are there), exported values are facts with their value, and masked ones are
 * `xxxx` whatever their kind: a switch that was masked must not read as on or off. A text of more than 256 characters
 * is `other`, and what goes beyond 2,000 facts is left out: facts are kept for good, so no sender may grow them at will.
 */
export function createFlatten({ output }: Pick<FieldList, 'output'>): Flatten {
  const places = output.map((form) => ({
    masked: isMasked(form),
    properties: new Map(form.object?.properties),
    form,
  }));
  return (document) => {
    const facts = new Map<string, Fact>();
    const add = (path: string, given: FactValue): void => {
      const value = typeof given === 'string' && given.length > longestText ? otherValue : given;
      if (facts.size < mostFacts) facts.set(`${path}\n${JSON.stringify(value)}`, { path, value });
    };
    const walk = (value: Json, position: number | undefined, path: string): void => {
      const place = position === undefined ? undefined : places[position];
      if (place === undefined) return;
      if (typeof value !== 'object' || value === null) return add(path, place.masked ? maskedText : value);
      if (path !== '') add(path, true);
      if (Array.isArray(value)) {
        const { prefix = [], items } = place.form.list ?? {};
        return value.forEach((item, at) => walk(item, prefix[at] ?? items, `${path}[]`));
      }
      for (const [key, member] of Object.entries(value)) {
        const declared = place.properties.get(key);
        const name = declared === undefined ? '*' : formatPath([key]);
        const below = path === '' ? name : `${path}.${name}`;
        walk(member, declared ?? place.form.object?.additionalProperties, below);
      }
    };
    walk(document, 0, '');
    return [...facts.values()];
  };
}

/** Whether a place holds nothing but masks, so that the value says only that there was one. */
function isMasked(form: OutputSchema): boolean {
  const { literals, text, boolean, numbers, durations, port, count } = form;
  const open = text ?? boolean ?? port ?? count ?? numbers ?? durations;
  return open === undefined && literals.every((literal) => masks.has(literal));
}

const masks: ReadonlySet<string | number | boolean> = new Set(['xxxx', '', 0, false, '0s', 'PT0S']);
