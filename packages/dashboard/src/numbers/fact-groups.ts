import type { FactsResponse, Json } from '@candor/protocol';
import { formatPath, parsePath, type PathSegment } from '@candor/schema';

/** One place of the configuration with the values that reports held there. */
export interface FactGroup {
  readonly path: string;
  /** True when other facts lie below: then the value `true` says that the section is present. */
  readonly section: boolean;
  /** The most frequent first. */
  readonly values: readonly { readonly value: Json; readonly count: number }[];
}

/** The facts below one top-level key. */
export interface FactSection {
  readonly name: string;
  readonly groups: readonly FactGroup[];
}

/** Groups facts by path, and paths by their first key, in path order. */
export function factSections(facts: FactsResponse['facts']): FactSection[] {
  const byPath = new Map<string, { value: Json; count: number }[]>();
  for (const { path, value, count } of facts) {
    const values = byPath.get(path) ?? [];
    values.push({ value, count });
    byPath.set(path, values);
  }
  const paths = [...byPath.keys()].toSorted();
  const parents = new Set(paths.flatMap(pathsAbove));
  const sections = new Map<string, FactGroup[]>();
  for (const path of paths) {
    const name = formatPath(segmentsOf(path).slice(0, 1));
    const values = (byPath.get(path) ?? []).toSorted((a, b) => b.count - a.count);
    const groups = sections.get(name) ?? [];
    groups.push({ path, section: parents.has(path), values });
    sections.set(name, groups);
  }
  return [...sections].map(([name, groups]) => ({ name, groups }));
}

/** The places directly below `path` that hold `true`, that is sections in use and switches turned on. */
export function inUse(facts: FactsResponse['facts'], path: string): { name: string; count: number }[] {
  return facts
    .filter((fact) => fact.value === true && pathsAbove(fact.path).at(-1) === path)
    .map(({ path: place, count }) => ({ name: place.slice(path.length + 1), count }))
    .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** The segments of a path; a text from outside that is none counts as one key, so that it shows as what it is. */
function segmentsOf(path: string): readonly PathSegment[] {
  try {
    return parsePath(path);
  } catch {
    return [path];
  }
}

/** The paths of the sections that hold a place, the outermost first. */
function pathsAbove(path: string): string[] {
  const segments = segmentsOf(path);
  return segments.slice(1).map((_, at) => formatPath(segments.slice(0, at + 1)));
}
