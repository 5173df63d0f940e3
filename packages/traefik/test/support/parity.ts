import { scrub } from '@candor/anonymizer';
import type { Json } from '@candor/schema';

/** Where our output and the program's differ, and which texts ours scrubbed and the program left alone. */
export interface Comparison {
  readonly differences: string[];
  readonly scrubbedMore: string[];
}

/** What the program puts where it found something in a text. */
const found = 'x'.repeat(32);

/**
 * The one normalization: zero values are omitted. A struct that the program holds by value is one too when
 * all its fields are; it stands as `{}` where ours omits the untagged section.
 */
const heldByValue = new Set(['providers.kubernetesGateway.statusAddress.service']);

/**
 * Compares our anonymizing of `original` with the program's. A text in which the program replaced something
 * is equal when everything that it found is gone from ours too.
 */
export function compareAnonymized(original: Json, ours: Json, theirs: Json): Comparison {
  const comparison: Comparison = { differences: [], scrubbedMore: [] };
  compare(original, withoutZeros(ours, []), withoutZeros(theirs, []), [], comparison);
  return comparison;
}

function compare(original: Json, ours: Json, theirs: Json, path: readonly string[], into: Comparison): void {
  const differ = (key?: string): void => {
    into.differences.push([...path, key ?? []].flat().join('.'));
  };
  if (isObject(original) && isObject(ours) && isObject(theirs)) {
    const left = { ours: new Set(Object.keys(ours)), theirs: new Set(Object.keys(theirs)) };
    for (const [key, member] of Object.entries(original)) {
      const key1 = take(left.ours, key in ours ? key : scrub(key));
      const key2 = take(left.theirs, key in theirs ? key : pieces(key, left.theirs));
      if (key1 === undefined && key2 === undefined) continue;
      if (key1 === undefined || key2 === undefined) differ(key);
      else {
        compareText(key, key1, key2, [...path, key], into);
        compare(member, ours[key1] ?? null, theirs[key2] ?? null, [...path, key], into);
      }
    }
    for (const key of [...left.ours, ...left.theirs]) differ(key);
  } else if (Array.isArray(original) && Array.isArray(ours) && Array.isArray(theirs)) {
    if (ours.length !== theirs.length) differ();
    ours.forEach((member, index) =>
      compare(original[index] ?? null, member, theirs[index] ?? null, [...path, String(index)], into),
    );
  } else if (typeof original === 'string' && typeof ours === 'string' && typeof theirs === 'string') {
    compareText(original, ours, theirs, path, into);
  } else if (ours !== theirs) {
    differ();
  }
}

function compareText(
  original: string,
  ours: string,
  theirs: string,
  path: readonly string[],
  into: Comparison,
): void {
  if (ours === theirs) return;
  if (ours !== scrub(original)) into.differences.push(path.join('.'));
  else if (theirs === original) into.scrubbedMore.push(original);
  else if (!foundIn(original, theirs)?.every((piece) => !ours.includes(piece))) {
    into.differences.push(path.join('.'));
  }
}

/** The pieces that the program replaced; undefined where its text cannot come from the original. */
function foundIn(original: string, theirs: string): string[] | undefined {
  const kept = theirs.split(found).map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${kept.join('(.+)')}$`, 's').exec(original)?.slice(1);
}

function pieces(key: string, candidates: ReadonlySet<string>): string | undefined {
  return [...candidates].find((candidate) => candidate.includes(found) && foundIn(key, candidate));
}

function take(keys: Set<string>, key: string | undefined): string | undefined {
  return key !== undefined && keys.delete(key) ? key : undefined;
}

function withoutZeros(value: Json, path: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((member) => withoutZeros(member, [...path, '*']));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).map(
    ([key, member]) => [key, withoutZeros(member, [...path, key])] as const,
  );
  return Object.fromEntries(kept.filter(([key, member]) => !isZero(member, [...path, key].join('.'))));
}

function isZero(value: Json, path: string): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return heldByValue.has(path) && Object.keys(value).length === 0;
  return value === null || value === false || value === 0 || value === '' || value === '0s';
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
