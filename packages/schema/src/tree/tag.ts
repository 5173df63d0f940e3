import type { Kind, Tag, Transform } from '../schema-node.js';

/** What the `export` keywords on the path to a node decide: `denied` cannot be undone by another tag. */
export type Status = Tag | 'denied' | undefined;

/** Reads one `export` keyword; returns `denied` for false and for unknown values, since doubt means untagged. */
export function readTag(value: unknown): Status {
  if (value === undefined) return undefined;
  if (value === true) return {};
  if (value === 'text') return { text: true };
  const transform = readTransform(value);
  return transform === undefined ? 'denied' : { transform };
}

function readTransform(value: unknown): Transform | undefined {
  if (value === 'count' || value === 'presence' || value === 'port') return { kind: value };
  if (typeof value !== 'object' || value === null) return undefined;
  const { only, bucket, words, ...others } = value as Readonly<Record<string, unknown>>;
  if (Object.keys(others).length > 0) return undefined;
  const isList =
    isFilledList(only) && only.every((item) => typeof item === 'string' || Number.isFinite(item));
  if (isList && bucket === undefined && (words === undefined || words === true)) {
    return { kind: 'only', values: only as (string | number)[], ...(words && { words }) };
  }
  if (only !== undefined || words !== undefined) return undefined;
  if (isFilledList(bucket) && bucket.every((bound, at) => Number.isFinite(bound) && ascends(bucket, at))) {
    return { kind: 'bucket', bounds: bucket as number[] };
  }
  return undefined;
}

/** Returns the tag of a value that several schemas describe: all must be tagged, with one transform at most. */
export function everyTag(statuses: readonly Status[]): Status {
  if (statuses.includes('denied')) return 'denied';
  const tags = statuses.filter((status) => typeof status === 'object');
  if (tags.length === 0 || tags.length < statuses.length) return undefined;
  return mergeTags(tags);
}

/** Returns the tag of a node with further tags below it: the upper one applies, but a transform below narrows it. */
export function coverTag(own: Tag, below: readonly Status[]): Status {
  if (below.includes('denied')) return 'denied';
  if (own.transform !== undefined) return own;
  return mergeTags([own, ...below.filter((status) => typeof status === 'object')]);
}

/** Returns true if a node is exported without a transform. */
export function isExported({ tag }: { readonly tag: Tag | undefined }): boolean {
  return tag !== undefined && tag.transform === undefined;
}

/** Returns true if a transform accepts values of at least one of these kinds; no kinds fit every transform. */
export function fits(transform: Transform, kinds: readonly Kind[]): boolean {
  const taken = takenKinds[transform.kind];
  return kinds.length === 0 || kinds.some((kind) => taken.includes(kind));
}

/**
 * Returns the kinds of value that a transform implies if a schema has none: a text is a duration only if the schema
 * says so.
 */
export function transformKinds({ kind }: Transform): readonly Kind[] {
  return kind === 'bucket' ? ['number', 'integer'] : takenKinds[kind];
}

const takenKinds: Readonly<Record<Transform['kind'], readonly Kind[]>> = {
  only: ['string', 'number', 'integer', 'duration'],
  bucket: ['number', 'integer', 'duration'],
  count: ['array', 'object'],
  port: ['string'],
  presence: ['boolean', 'integer', 'number', 'string', 'duration', 'object', 'array'],
};

function mergeTags(tags: readonly Tag[]): Status {
  const transforms = tags.flatMap(({ transform }) => transform ?? []);
  const [first] = transforms;
  if (first !== undefined) {
    const same = transforms.every((other) => JSON.stringify(other) === JSON.stringify(first));
    return same ? { transform: first } : 'denied';
  }
  return tags.some(({ text }) => text) ? { text: true } : {};
}

function isFilledList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0;
}

function ascends(bounds: readonly unknown[], at: number): boolean {
  return at === 0 || (bounds[at - 1] as number) < (bounds[at] as number);
}
