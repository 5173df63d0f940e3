import type { JsonSchema } from '../schema-node.js';
import { setMember } from '../set-member.js';
import { hasMembers } from './children.js';
import { conditionKeywords, type Keywords } from './keywords.js';

/** A schema document as it was when it was read: what its owner changes later changes nothing here. */
export interface SchemaDocument {
  readonly root: JsonSchema;
  /** How many objects and lists it holds. */
  readonly size: number;
  /** True if any schema may have a name of its own, which references can lead to. */
  readonly hasNames: boolean;
  /** The objects that put schemas together for one value, but for references with no more than remarks beside them. */
  readonly joining: readonly Keywords[];
  /** Those references, which make as many nodes as what they lead to. */
  readonly remarked: readonly Keywords[];
  /** True if a schema may speak of some values or keys only, or is an object that cannot be copied. */
  readonly isConditional: boolean;
}

/** The keywords that say something of the whole document. One lookup a key, since most of creating a tree is this copy. */
const marks: ReadonlyMap<string, 'name' | 'joining' | 'condition'> = new Map([
  ...['$id', 'id', '$anchor', '$dynamicAnchor'].map((key) => [key, 'name'] as const),
  ...['allOf', 'anyOf', 'oneOf'].map((key) => [key, 'joining'] as const),
  ...['patternProperties', 'contains', ...conditionKeywords].map((key) => [key, 'condition'] as const),
]);

/** Copies a document; what it holds twice is the same object twice in the copy, and a cycle stays one. */
export function readDocument(source: JsonSchema): SchemaDocument {
  const copies = new Map<object, object>();
  const pending: object[] = [];
  const joining: Keywords[] = [];
  const remarked: Keywords[] = [];
  let hasNames = false;
  let isConditional = false;

  function copyOf(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const known = copies.get(value);
    if (known !== undefined) return known;
    const isList = Array.isArray(value);
    if (!isList && !isPlain(value)) {
      isConditional = true;
      return value;
    }
    const copy = isList ? [] : {};
    copies.set(value, copy);
    pending.push(value);
    return copy;
  }

  function copyMembers(object: Keywords, copy: Record<string, unknown>): void {
    let isJoining = '$ref' in object && hasMembers(object);
    const keys = Object.keys(object);
    for (const key of keys) {
      const value = copyOf(object[key]);
      setMember(copy, key, value);
      const mark = marks.get(key);
      if (mark === undefined) continue;
      isJoining ||= mark === 'joining';
      isConditional ||= mark === 'condition';
      hasNames ||= mark === 'name' && typeof value === 'string';
    }
    if (isJoining) joining.push(copy);
    else if ('$ref' in object && keys.length > 1) remarked.push(copy);
  }

  const root = copyOf(source) as JsonSchema;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const copy = copies.get(next);
    if (Array.isArray(copy)) for (const item of next as unknown[]) copy.push(copyOf(item));
    else copyMembers(next as Keywords, copy as Record<string, unknown>);
  }
  return { root, size: copies.size, hasNames, joining, remarked, isConditional };
}

/** Returns true if an object is plain data, of this realm or another. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
