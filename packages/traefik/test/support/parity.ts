import { scrub } from '@candor/anonymizer';
import type { Json } from '@candor/schema';
import { withoutZeros } from './loading.js';

/** Where our output and the program's differ, and which texts ours scrubbed and the program left alone. */
export interface Comparison {
  readonly differences: string[];
  readonly scrubbedMore: string[];
}

type JsonObject = Extract<Json, { [key: string]: Json }>;

/** What the program puts where it found something in a text. */
const found = 'x'.repeat(32);

/**
 * Structs that the program holds by value: with all fields zero they are zero values too, and stand as `{}`
 * where ours omits the untagged section.
 */
const heldByValue: readonly string[] = ['providers.kubernetesGateway.statusAddress.service'];

/**
 * Compares our anonymizing of `original` with the program's, zero values aside. A text or map key in which the
 * program replaced something is equal when everything that it found is gone from ours too.
 */
export function compareAnonymized(original: Json, ours: Json, theirs: Json): Comparison {
  const comparison: Comparison = { differences: [], scrubbedMore: [] };
  compare(original, withoutZeros(ours), withoutZeros(theirs), [], comparison);
  return comparison;
}

function compare(original: Json, ours: Json, theirs: Json, path: readonly string[], into: Comparison): void {
  if (isObject(original) && isObject(ours) && isObject(theirs)) {
    compareMembers(original, ours, theirs, path, into);
  } else if (Array.isArray(original) && Array.isArray(ours) && Array.isArray(theirs)) {
    if (ours.length !== theirs.length) into.differences.push(path.join('.'));
    ours.forEach((member, index) =>
      compare(original[index] ?? null, member, theirs[index] ?? null, [...path, String(index)], into),
    );
  } else if (typeof original === 'string' && typeof ours === 'string' && typeof theirs === 'string') {
    compareText(original, ours, theirs, path, into);
  } else if (ours !== theirs) {
    into.differences.push(path.join('.'));
  }
}

function compareMembers(
  original: JsonObject,
  ours: JsonObject,
  theirs: JsonObject,
  path: readonly string[],
  into: Comparison,
): void {
  const left = { ours: new Set(Object.keys(ours)), theirs: new Set(Object.keys(theirs)) };
  for (const [key, member] of Object.entries(original)) {
    const at = [...path, key];
    const ourKey = take(left.ours, key in ours ? key : scrub(key));
    const theirKey = take(left.theirs, key in theirs ? key : scrubbedKey(key, left.theirs));
    if (ourKey !== undefined && theirKey !== undefined) {
      compareText(key, ourKey, theirKey, at, into);
      compare(member, ours[ourKey] ?? null, theirs[theirKey] ?? null, at, into);
    } else if (ourKey !== theirKey && !heldByValue.includes(at.join('.'))) {
      into.differences.push(at.join('.'));
    }
  }
  for (const key of [...left.ours, ...left.theirs]) into.differences.push([...path, key].join('.'));
}

function compareText(
  original: string,
  ours: string,
  theirs: string,
  path: readonly string[],
  into: Comparison,
): void {
  if (ours === theirs) return;
  const scrubbed = [false, true].map((addresses) => scrub(original, { addresses }));
  if (!scrubbed.includes(ours)) into.differences.push(path.join('.'));
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

/** The key that the program made of one in which it found something. */
function scrubbedKey(key: string, candidates: ReadonlySet<string>): string | undefined {
  return [...candidates].find((candidate) => candidate.includes(found) && foundIn(key, candidate));
}

function take(keys: Set<string>, key: string | undefined): string | undefined {
  return key !== undefined && keys.delete(key) ? key : undefined;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
