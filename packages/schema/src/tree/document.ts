import type { JsonSchema } from '../schema-node.js';
import { setMember } from '../set-member.js';
import { hasMembers } from './children.js';
import { conditionKeywords, type Keywords } from './keywords.js';

/** A copy of a schema document, so that later changes by its owner have no effect. */
export interface SchemaDocument {
  readonly root: JsonSchema;
  /** How many objects and lists it contains. */
  readonly size: number;
  /** True if a schema may have a name of its own that references use. */
  readonly hasNames: boolean;
  /** The objects that combine schemas for one value, except references with only annotations beside them. */
  readonly joining: readonly Keywords[];
  /** References with only annotations beside them, which make as many nodes as their targets. */
  readonly remarked: readonly Keywords[];
  /** True if a schema may apply to some values or keys only, or is an object that cannot be copied. */
  readonly isConditional: boolean;
}

/** The keywords that set the flags of the document. One lookup for each key, since this copy is most of the work. */
const marks: ReadonlyMap<string, 'name' | 'joining' | 'condition'> = new Map([
  ...['$id', 'id', '$anchor', '$dynamicAnchor'].map((key) => [key, 'name'] as const),
  ...['allOf', 'anyOf', 'oneOf'].map((key) => [key, 'joining'] as const),
  ...['patternProperties', 'contains', ...conditionKeywords].map((key) => [key, 'condition'] as const),
]);

/** Copies a document; an object that occurs twice is also one object in the copy, and a cycle stays a cycle. */
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
