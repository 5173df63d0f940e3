import type { Json } from '@candor/protocol';
import {
  anyMember,
  type FieldList,
  type OutputSchema,
  formatPath,
  maskedText,
  otherValue,
  type PathSegment,
} from '@candor/schema';
import type { Fact, FactValue } from '@candor/storage';

const longestText = 256;
const mostFacts = 2_000;

/** Lists what a verified document says, each path and value once. */
export type Flatten = (document: Json) => Fact[];

/**
 * Creates the flattener of a field list's documents.
 *
 * Paths are those of the field list: `*` is any member of a map or list. Sections and lists
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
    const add = (at: readonly PathSegment[], given: FactValue): void => {
      const path = formatPath(at);
      const value = typeof given === 'string' && given.length > longestText ? otherValue : given;
      if (facts.size < mostFacts) facts.set(`${path}\n${JSON.stringify(value)}`, { path, value });
    };
    const walk = (value: Json, position: number | undefined, path: readonly PathSegment[]): void => {
      const place = position === undefined ? undefined : places[position];
      if (place === undefined) return;
      if (typeof value !== 'object' || value === null) return add(path, place.masked ? maskedText : value);
      if (path.length > 0) add(path, true);
      if (Array.isArray(value)) {
        const { prefix = [], items } = place.form.list ?? {};
        return value.forEach((item, at) =>
          walk(item, prefix[at] ?? items, [...path, at in prefix ? at : anyMember]),
        );
      }
      for (const [key, member] of Object.entries(value)) {
        const declared = place.properties.get(key);
        const below: readonly PathSegment[] = [...path, declared === undefined ? anyMember : key];
        walk(member, declared ?? place.form.object?.additionalProperties, below);
      }
    };
    walk(document, 0, []);
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
