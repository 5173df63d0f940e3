import { numberRange, type NumberRange } from './masks.js';
import { formatPath } from './path.js';
import type { Json, Place } from './place.js';
import type { SchemaSource } from './schema-source.js';
import { fieldTree } from './tree/field-tree.js';

/** Options of `sample`. */
export interface SampleOptions {
  /** The text of a free string, by its dotted path; a leak test plants a marked one. Default: text of its format. */
  readonly text?: (path: string, place: Place) => string;
  /** The key of a map's member. Default: `member1`, `member2`. */
  readonly key?: (path: string, number: number) => string;
  /** Which of several alternatives is taken, from zero. Default: the first. */
  readonly pick?: (count: number, path: string) => number;
}

type Path = readonly string[];

/**
 * Makes an instance in which every place of a schema has a value, so that a leak test meets them all.
 * A recursive place is entered twice; text under a `pattern`, and keys under one, may not match it.
 */
export function sample(source: SchemaSource | Place, options: SampleOptions = {}): Json {
  const above = new Map<Place, number>();
  const recursive = new Set<Place>();
  const fill = (place: Place, path: Path): Json | undefined => {
    const times = above.get(place) ?? 0;
    // Entered freely, places that contain each other would be combined in every way.
    if (times >= 2 || recursive.has(place)) {
      recursive.add(place);
      return undefined;
    }
    above.set(place, times + 1);
    const value = valueOf(place, path, fill, options);
    above.set(place, times);
    return value;
  };
  return fill(fieldTree(source), []) ?? null;
}

type Fill = (place: Place, path: Path) => Json | undefined;

function valueOf(place: Place, path: Path, fill: Fill, options: SampleOptions): Json | undefined {
  const where = formatPath(path);
  const choose = <T>(items: readonly T[]): T | undefined => items[options.pick?.(items.length, where) ?? 0];
  if (place.branches.length > 0) {
    const chosen = choose(place.branches);
    return (chosen && fill(chosen, path)) ?? firstOf(place.branches, (branch) => fill(branch, path));
  }
  if (place.values !== undefined) return choose(place.values) ?? null;
  switch (choose(place.kinds.filter((kind) => kind !== 'null')) ?? place.kinds[0]) {
    case 'null':
      return null;
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return numberIn(numberRange(place), place.keywords['multipleOf']);
    case 'duration':
      return place.keywords['format'] === 'duration' ? 'PT1M30S' : '1m30s';
    case 'list':
      return listOf(place, path, fill);
    case 'object':
      return objectOf(place, path, fill, options);
    case 'string':
    case undefined:
      return options.text?.(where, place) ?? textOf(place);
  }
}

function firstOf<T, R>(items: readonly T[], make: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const made = make(item);
    if (made !== undefined) return made;
  }
  return undefined;
}

function listOf(place: Place, path: Path, fill: Fill): Json {
  const first = place.prefix.map((child, at) => fill(child, [...path, String(at)]) ?? null);
  const item = place.items && fill(place.items, [...path, '*']);
  const least = Number(place.keywords['minItems'] ?? 1) - first.length;
  const isUnique = place.keywords['uniqueItems'] === true;
  const count = item === undefined ? 0 : isUnique ? 1 : Math.max(1, least);
  return [...first, ...Array.from({ length: count }, () => structuredClone(item ?? null))];
}

function objectOf(place: Place, path: Path, fill: Fill, options: SampleOptions): Json {
  const where = formatPath([...path, '*']);
  const entries: [string, Json | undefined][] = [...place.properties].map(([key, child]) => [
    key,
    fill(child, [...path, key]),
  ]);
  for (const { pattern, place: child } of place.patterns) {
    const key = keyFor(pattern);
    if (key !== undefined) entries.push([key, fill(child, [...path, '*'])]);
  }
  if (place.members !== undefined) {
    for (const number of [1, 2]) {
      const known = place.names?.values?.[number - 1];
      const key = known ?? options.key?.(where, number) ?? `member${number}`;
      const member = fill(place.members, [...path, '*']);
      if (typeof key === 'string') entries.push([key, member]);
    }
  }
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** A key for a pattern, from the letters that it names; undefined where guessing fails. */
function keyFor(pattern: RegExp): string | undefined {
  const letters = pattern.source.replace(/\\[dwsDWS]|\[[^\]]*\]|[\\^$.*+?(){}|]/gu, '');
  return [letters, `${letters}a`, `${letters}A`, `${letters}0`, 'member', '0'].find((key) =>
    pattern.test(key),
  );
}

function numberIn({ low, high, above, below, integer }: NumberRange, multipleOf: unknown): number {
  const step = typeof multipleOf === 'number' && multipleOf > 0 ? multipleOf : 1;
  const fitting = (value: number): boolean =>
    low <= value && value <= high && above < value && value < below && (!integer || Number.isInteger(value));
  const least = Math.max(low, above);
  const next = Number.isFinite(least) ? Math.ceil(least / step) * step : 42;
  const middle = (Math.max(low, above) + Math.min(high, below)) / 2;
  return [42, next, next + step, Math.min(high, below), middle].find(fitting) ?? middle;
}

const byFormat: Readonly<Record<string, string>> = {
  address: 'host.example.com:8080',
  date: '2001-02-03',
  'date-time': '2001-02-03T04:05:06Z',
  time: '04:05:06Z',
  email: 'someone@example.com',
  hostname: 'host.example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://user@example.com/path',
  url: 'https://user@example.com/path',
  uuid: '6ba7b810-9dad-41d1-80b4-00c04fd430c8',
};

function textOf({ keywords }: Place): string {
  const { format, minLength, maxLength } = keywords;
  const known = typeof format === 'string' ? byFormat[format] : undefined;
  if (known !== undefined) return known;
  const least = typeof minLength === 'number' ? minLength : 0;
  const most = typeof maxLength === 'number' ? maxLength : Infinity;
  return 'text'.padEnd(least, 'x').slice(0, most);
}
