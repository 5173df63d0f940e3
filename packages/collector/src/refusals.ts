import type { ProblemType } from './problem.js';

/** The subject of a refusal. It contains no text that a sender chose freely. */
export interface RefusalSubject {
  /** A registered product. */
  readonly product?: string;
  /** Digest of the field list that the report names. */
  readonly fields?: string;
  /** A version that the report's parser accepted. */
  readonly version?: string;
}

/** Reports that were refused, or accepted with values removed or uncounted, for one reason. */
export interface Refusal extends RefusalSubject {
  /**
   * The problem's type; `removed` for values that the field list does not allow, `uncounted` for reports beyond a
   * network's share, `sampled` for reports that sampling dropped.
   */
  readonly reason: ProblemType | 'removed' | 'uncounted' | 'sampled';
  /** The path of the removed values, in the field list's form. */
  readonly path?: string;
  readonly count: number;
}

/** Counts refusals, and reports each kind once an hour. */
export interface Refusals {
  /** Adds refusals, one by default; `path` is that of removed values. */
  add(
    reason: Refusal['reason'],
    subject: RefusalSubject,
    now: number,
    removed?: { readonly path: string; readonly count: number },
  ): void;
  /** Returns the refusals, the most frequent first. */
  list(): readonly Refusal[];
}

/** The most kinds, so that senders cannot fill the memory: beyond it, versions and digests are not distinguished. */
const mostKinds = 1_000;
const hour = 3_600_000;

/** Creates the counter; `onRefusal` is called for a reason, product and digest at most once an hour. */
export function createRefusals(onRefusal: (refusal: Refusal) => void): Refusals {
  const counts = new Map<string, { -readonly [Key in keyof Refusal]: Refusal[Key] }>();
  const told = new Map<string, number>();
  const countOf = (one: Omit<Refusal, 'count'>): { count: number } & Refusal => {
    const { reason, product, fields, version, path } = one;
    const key = JSON.stringify([reason, product, fields, version, path]);
    const found = counts.get(key);
    if (found !== undefined) return found;
    if (counts.size >= mostKinds && (fields ?? version ?? path) !== undefined) {
      return countOf({ reason, ...(product !== undefined && { product }) });
    }
    const added = { ...one, count: 0 };
    counts.set(key, added);
    return added;
  };
  return {
    add(reason, subject, now, removed) {
      const entry = countOf({ reason, ...subject, ...(removed !== undefined && { path: removed.path }) });
      entry.count += removed?.count ?? 1;
      const kind = JSON.stringify([reason, subject.product, entry.fields]);
      if (now - (told.get(kind) ?? -Infinity) < hour) return;
      told.set(kind, now);
      onRefusal({ ...entry });
    },
    list: () => [...counts.values()].map((one) => ({ ...one })).toSorted((a, b) => b.count - a.count),
  };
}
