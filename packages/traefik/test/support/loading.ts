import { ConfigError, load } from '@candor/config';
import type { Format } from '@candor/config';
import { fieldTree } from '@candor/schema';
import type { Json, JsonSchema } from '@candor/schema';
import { traefikRules } from '../../src/index.js';
import type { TraefikSource } from '../../src/index.js';

/** One input, and what the program's loader made of it. */
export interface LoadingCase {
  readonly id: string;
  readonly format: Format | 'flags' | 'env';
  readonly text?: string;
  readonly flags?: readonly string[] | null;
  readonly env?: Readonly<Record<string, string>> | null;
  readonly accepted: boolean;
  readonly loaded?: Json;
}

/** A case that ours and the program's loader see differently. */
interface Difference {
  readonly id: string;
  /** Paths that differ, or that ours refuses. */
  readonly paths: readonly string[];
}

/** How many cases of each sort there were, how many were equal, and the others. */
export interface LoadingResult {
  accepted: number;
  equal: number;
  refused: number;
  alsoRefused: number;
  readonly differences: Difference[];
}

export function sourceOf({ format, text = '', flags, env }: LoadingCase): TraefikSource {
  if (format === 'flags') return { argv: flags ?? [] };
  if (format === 'env') return { env: env ?? {} };
  return { format, text };
}

/** Loads every case by the rules of `loadTraefikConfig`, with one field tree for all. */
export function compareLoading(cases: Iterable<LoadingCase>, schema: JsonSchema): LoadingResult {
  const place = fieldTree(schema);
  const result: LoadingResult = { accepted: 0, equal: 0, refused: 0, alsoRefused: 0, differences: [] };
  for (const one of cases) {
    const source = sourceOf(one);
    const input = 'text' in source ? { text: source } : source;
    let paths: string[] | undefined;
    try {
      const { effective } = load({ schema: place, ...traefikRules, ...input });
      paths = one.accepted
        ? differingPaths(withoutZeros(effective), withoutZeros(one.loaded ?? {}), '')
        : undefined;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      paths = error.issues.map((issue) => issue.path.join('.'));
      if (!one.accepted) result.alsoRefused += 1;
    }
    if (one.accepted) {
      result.accepted += 1;
      if (paths?.length === 0) result.equal += 1;
    } else {
      result.refused += 1;
    }
    const isEqual = one.accepted ? paths?.length === 0 : paths !== undefined;
    if (!isEqual) result.differences.push({ id: one.id, paths: paths ?? [] });
  }
  return result;
}

/** Zero values and empty lists are the same as nothing; an empty section is not. */
export function withoutZeros(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutZeros);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]): [string, Json] => [key, withoutZeros(member)]);
  return Object.fromEntries(members.filter(([, member]) => !isZero(member)));
}

function isZero(value: Json): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === false || value === 0 || value === '' || value === '0s';
}

function differingPaths(ours: Json | undefined, theirs: Json | undefined, path: string): string[] {
  if (typeof ours === 'object' && typeof theirs === 'object' && ours !== null && theirs !== null) {
    const [left, right] = [Object.entries(ours), Object.entries(theirs)];
    const keys = new Set([...left, ...right].map(([key]) => key));
    const [a, b] = [new Map<string, Json>(left), new Map<string, Json>(right)];
    return [...keys].flatMap((key) => differingPaths(a.get(key), b.get(key), `${path}.${key}`));
  }
  return ours === theirs ? [] : [path.slice(1)];
}
