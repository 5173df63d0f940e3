import { isInRange, numberRange, type NumberRange } from './bounds.js';
import { anyMember, formatPath, type PathSegment } from './path.js';
import type { Json, SchemaNode } from './schema-node.js';
import type { SchemaSource } from './schema-source.js';
import { fieldTree } from './tree/field-tree.js';

/** Options of `sample`. */
export interface SampleOptions {
  /** The text of a free string, by its dotted path; a leak test plants a marked one. Default: text of its format. */
  readonly text?: (path: string, node: SchemaNode) => string;
  /** The key of a map's member. Default: `member1`, `member2`. */
  readonly key?: (path: string, number: number) => string;
  /** Which of several alternatives is taken, from zero. Default: the first. */
  readonly pick?: (count: number, path: string) => number;
}

type Path = readonly PathSegment[];

/**
 * Makes an instance in which every place of a schema has a value, so that a leak test meets them all.
 * A recursive place is entered twice; text under a `pattern`, and keys under one, may not match it.
 */
export function sample(source: SchemaSource | SchemaNode, options: SampleOptions = {}): Json {
  const above = new Map<SchemaNode, number>();
  const recursive = new Set<SchemaNode>();
  const fill = (node: SchemaNode, path: Path): Json | undefined => {
    const times = above.get(node) ?? 0;
    // Entered freely, places that contain each other would be combined in every way.
    if (times >= 2 || recursive.has(node)) {
      recursive.add(node);
      return undefined;
    }
    above.set(node, times + 1);
    const value = valueOf(node, path, fill, options);
    above.set(node, times);
    return value;
  };
  return fill(fieldTree(source), []) ?? null;
}

type Fill = (node: SchemaNode, path: Path) => Json | undefined;

function valueOf(node: SchemaNode, path: Path, fill: Fill, options: SampleOptions): Json | undefined {
  const where = formatPath(path);
  const choose = <T>(items: readonly T[]): T | undefined => items[options.pick?.(items.length, where) ?? 0];
  if (node.anyOf.length > 0) {
    const chosen = choose(node.anyOf);
    return (chosen && fill(chosen, path)) ?? firstOf(node.anyOf, (branch) => fill(branch, path));
  }
  if (node.values !== undefined) return choose(node.values) ?? null;
  switch (choose(node.kinds.filter((kind) => kind !== 'null')) ?? node.kinds[0]) {
    case 'null':
      return null;
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return numberIn(numberRange(node));
    case 'duration':
      return node.keywords['format'] === 'duration' ? 'PT1M30S' : '1m30s';
    case 'array':
      return listOf(node, path, fill);
    case 'object':
      return objectOf(node, path, fill, options);
    case 'string':
    case undefined:
      return options.text?.(where, node) ?? textOf(node);
  }
}

function firstOf<T, R>(items: readonly T[], make: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const made = make(item);
    if (made !== undefined) return made;
  }
  return undefined;
}

function listOf(node: SchemaNode, path: Path, fill: Fill): Json {
  const first = node.prefixItems.map((child, at) => fill(child, [...path, at]) ?? null);
  const item = node.items && fill(node.items, [...path, anyMember]);
  const least = Number(node.keywords['minItems'] ?? 1) - first.length;
  const isUnique = node.keywords['uniqueItems'] === true;
  const count = item === undefined ? 0 : isUnique ? 1 : Math.max(1, least);
  return [...first, ...Array.from({ length: count }, () => structuredClone(item ?? null))];
}

function objectOf(node: SchemaNode, path: Path, fill: Fill, options: SampleOptions): Json {
  const where = formatPath([...path, anyMember]);
  const entries: [string, Json | undefined][] = [...node.properties].map(([key, child]) => [
    key,
    fill(child, [...path, key]),
  ]);
  for (const { pattern, node: child } of node.patternProperties) {
    const key = keyFor(pattern);
    if (key !== undefined) entries.push([key, fill(child, [...path, anyMember])]);
  }
  if (node.additionalProperties !== undefined) {
    for (const number of [1, 2]) {
      const known = node.propertyNames?.values?.[number - 1];
      const key = known ?? options.key?.(where, number) ?? `member${number}`;
      const member = fill(node.additionalProperties, [...path, anyMember]);
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

function numberIn(range: NumberRange): number {
  const step = range.multipleOf ?? 1;
  const least = Math.max(range.minimum ?? -Infinity, range.exclusiveMinimum ?? -Infinity);
  const most = Math.min(range.maximum ?? Infinity, range.exclusiveMaximum ?? Infinity);
  const first = Number.isFinite(least)
    ? Math.ceil(least / step)
    : Math.min(Math.ceil(42 / step), Math.floor(most / step));
  // The product of two decimal numbers is seldom the decimal number that it stands for.
  const multiples = [first, first + 1, first - 1].map((times) => Number((times * step).toPrecision(15)));
  const middle = (least + most) / 2;
  return [42, ...multiples, most, middle].find((value) => isInRange(range, value)) ?? multiples[0] ?? 0;
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

function textOf({ keywords }: SchemaNode): string {
  const { format, minLength, maxLength } = keywords;
  const known = typeof format === 'string' ? byFormat[format] : undefined;
  if (known !== undefined) return known;
  const least = typeof minLength === 'number' ? minLength : 0;
  const most = typeof maxLength === 'number' ? maxLength : Infinity;
  return 'text'.padEnd(least, 'x').slice(0, most);
}
