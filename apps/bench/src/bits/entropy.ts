import type { Json } from '@candor/schema';

/** What documents show, in bits: the entropy over all of them. */
export interface Entropy {
  readonly documents: number;
  readonly distinct: number;
  readonly all: number;
  /** Of the exported values alone. */
  readonly values: number;
  /** Of what stands beside them: which masked values are set, whether they are empty, lengths and numbers of members. */
  readonly shape: number;
}

/** Measures what documents show by their exported values, and what they show beside these. */
export function entropyOf(
  documents: readonly Json[],
  isExported: (path: readonly string[]) => boolean,
): Entropy {
  const split = documents.map((document) => {
    const values: string[] = [];
    const shape: string[] = [];
    walk(document, [], (path, value) => {
      const line = JSON.stringify([path, value]);
      (isExported(path) && typeof value !== 'object' ? values : shape).push(line);
    });
    return { values: values.sort().join('\n'), shape: shape.sort().join('\n') };
  });
  const all = split.map(({ values, shape }) => `${values}\n\n${shape}`);
  return {
    documents: documents.length,
    distinct: new Set(all).size,
    all: entropy(all),
    values: entropy(split.map(({ values }) => values)),
    shape: entropy(split.map(({ shape }) => shape)),
  };
}

/** Visits each scalar, and each container with its length. The keys of maps are in the path as they are. */
function walk(
  value: Json,
  path: readonly string[],
  visit: (path: readonly string[], value: Json) => void,
): void {
  if (typeof value !== 'object' || value === null) {
    visit(path, value);
    return;
  }
  const entries = Array.isArray(value)
    ? value.map((item): [string, Json] => ['*', item])
    : Object.entries(value);
  visit(path, [entries.length]);
  for (const [key, member] of entries) walk(member, [...path, key], visit);
}

function entropy(texts: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => {
    const share = count / texts.length;
    return sum - share * Math.log2(share);
  }, 0);
}
