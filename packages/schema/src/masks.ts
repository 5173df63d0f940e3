import type { SchemaNode, Transform } from './schema-node.js';

/** The mask of a text. */
export const maskedText = 'xxxx';

/** Returns true if a value is a mask: of a text, number, boolean or duration. */
export function isMask(value: unknown): boolean {
  return masks.has(value);
}

const masks: ReadonlySet<unknown> = new Set([maskedText, '', 0, false, '0s', 'PT0S']);

/** What `{ only: […] }` exports for any other value. */
export const otherValue = 'other';

/** Returns the zero of a node's durations: `PT0S` under `format: "duration"` (ISO 8601), else `0s`. */
export function zeroDuration(node: SchemaNode): string {
  return node.keywords.format === 'duration' ? 'PT0S' : '0s';
}

/** Returns the labels of a bucket transform, lowest first. */
export function bucketLabels(transform: Extract<Transform, { kind: 'bucket' }>): string[] {
  return [-Infinity, ...transform.bounds].map((number) => bucketLabel(transform, number));
}

/** Returns the label of a number's bucket. */
export function bucketLabel({ bounds }: Extract<Transform, { kind: 'bucket' }>, number: number): string {
  const index = bucketIndex(bounds, number);
  if (index === 0) return `<${bounds[0]}`;
  return index === bounds.length ? `>=${bounds.at(-1)}` : `${bounds[index - 1]}..${bounds[index]}`;
}

/** Returns the index of a number's bucket, 0 for the lowest; a bucket includes its lower bound and not its upper one. */
export function bucketIndex(bounds: readonly number[], number: number): number {
  let index = 0;
  while (index < bounds.length && !(bounds[index]! > number)) index += 1;
  return index;
}

/**
 * Returns the length of a masked list of texts: its own up to 8, above that the next lower one of 8, 16, 32 and 64, so
 * that the length alone does not make a list recognisable.
 */
export function maskedLength(length: number): number {
  if (length <= 8) return length;
  return Math.min(64, 2 ** Math.floor(Math.log2(length)));
}

/** Returns true if a node holds lists of text, which keep their length when they are masked; see `maskedLength`. */
export function isTextList(node: SchemaNode): boolean {
  const { prefixItems, items } = node;
  return prefixItems.length === 0 && items !== undefined && items.kinds.join() === 'string';
}

/** Returns true if a node says nothing about its values and exports none: they are undeclared. */
export function isUndeclared(node: SchemaNode): boolean {
  return node.kinds.length === 0 && node.tag === undefined && node.anyOf.length === 0;
}
