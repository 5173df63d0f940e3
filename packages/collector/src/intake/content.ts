import { hash } from 'node:crypto';
import { canonicalize } from '@candor/hasher';
import { isCandorError, type Json } from '@candor/protocol';
import type { Content } from '@candor/storage';
import { Problem } from '../problem.js';
import type { Guard } from './products.js';

/** A document after verification against its field list. */
export interface Reviewed {
  readonly content: Content;
  /** How many values were removed. */
  readonly removed: number;
  /** How many at each path, in the field list's form. */
  readonly removedAt: ReadonlyMap<string, number>;
}

/**
 * Verifies a document and lists its facts; `document` is called unless one with the same key and field list is cached.
 * Throws what `document` throws, and a `Problem` (413) for a document that takes too many steps to verify.
 */
export type Review = (key: string | Uint8Array, document: () => Json, guard: Guard) => Reviewed;

/** The size limit of the cache in bytes, as `bytesOf` estimates them. */
const mostRemembered = 64 * 1024 * 1024;

/**
 * Creates the function that verifies documents. It caches recent ones, since most installations report the same one
 * every day.
 */
export function createReview(): Review {
  const recent = new Map<string, Reviewed>();
  let size = 0;
  return (key, document, guard) => {
    const name = `${guard.digest} ${hash('sha256', key, 'base64')}`;
    const known = recent.get(name);
    if (known !== undefined) return known;
    const reviewed = review(document(), guard);
    if (size > mostRemembered) {
      recent.clear();
      size = 0;
    }
    size += bytesOf(reviewed, key.length);
    recent.set(name, reviewed);
    return reviewed;
  };
}

function review(document: Json, guard: Guard): Reviewed {
  const { digest: fields, flatten } = guard;
  const { value, removed } = verified(document, guard);
  // The meaning of a value depends on its field list, so equal contents must be equal in both.
  const text = canonicalize({ fields, document: value });
  return {
    content: { digest: hash('sha256', text), facts: flatten(value) },
    removed: removed.length,
    removedAt: countEach(removed),
  };
}

/** Estimates the memory of a cached document: its entry, its facts, and their texts, which its key also contains. */
function bytesOf({ content }: Reviewed, keyLength: number): number {
  return 1024 + 128 * content.facts.length + keyLength;
}

function countEach(paths: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
}

function verified(document: Json, { verify }: Guard): ReturnType<Guard['verify']> {
  try {
    return verify(document);
  } catch (error) {
    if (isCandorError(error) && error.code === 'ERR_WORK_LIMIT') {
      throw new Problem('too-large', 'The report takes too much work to verify.');
    }
    throw error;
  }
}
