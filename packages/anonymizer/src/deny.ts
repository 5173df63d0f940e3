import { parsePath, type Place } from '@candor/schema';

/** What an operator denies, seen from one place: the rest of each pattern that still can match below. */
export type Denials = readonly (readonly string[])[];

/** Reads deny patterns: dotted paths in which `*` is any one segment, letter case ignored. */
export function readDenials(patterns: readonly string[]): Denials {
  return patterns.map((pattern) => parsePath(pattern));
}

/** Whether the place that the denials have arrived at is itself denied. */
export function isDenied(denials: Denials): boolean {
  return denials.some((rest) => rest.length === 0);
}

/** The denials one segment further down. */
export function below(denials: Denials, segment: string | number): Denials {
  // Most places are not denied, and most programs deny nothing.
  if (denials.length === 0) return denials;
  return denials
    .filter(([next]) => next !== undefined && matchesSegment(next, String(segment)))
    .map((rest) => rest.slice(1));
}

/** The patterns that match no place of a schema: most likely misspelled. */
export function unmatchedDenials(patterns: readonly string[], root: Place): string[] {
  return patterns.filter((pattern) => {
    let places = new Set(withBranches(root));
    for (const segment of parsePath(pattern)) {
      places = new Set([...places].flatMap((place) => childrenAt(place, segment)).flatMap(withBranches));
    }
    return places.size === 0;
  });
}

function childrenAt(place: Place, segment: string): Place[] {
  const declared = [...place.properties].filter(([key]) => matchesSegment(segment, key));
  const { patterns, members, prefix, items } = place;
  const others = [...patterns.map((entry) => entry.place), members, ...prefix, items];
  return [...declared.map(([, child]) => child), ...others.filter((child) => child !== undefined)];
}

function withBranches(place: Place): Place[] {
  return [place, ...place.branches];
}

function matchesSegment(pattern: string, segment: string): boolean {
  return pattern === '*' || pattern.toLowerCase() === segment.toLowerCase();
}
