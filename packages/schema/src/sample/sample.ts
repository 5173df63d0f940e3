import { listRange, numberRange, objectRange, textRange } from '../bounds.js';
import { anyMember, formatPath, type PathSegment } from '../path.js';
import { compilePattern } from '../pattern.js';
import type { Json, SchemaNode } from '../schema-node.js';
import type { SchemaSource } from '../schema-source.js';
import { fieldTree } from '../tree/field-tree.js';
import { sampleNumber } from './sample-number.js';
import { matchingText, sampleText } from './sample-text.js';

/** Options of `sample`. */
export interface SampleOptions {
  /**
   * Returns the text of a free string, by its path; a leak test inserts marked texts. Default: text of its pattern or
   * format.
   */
  readonly text?: (path: string, node: SchemaNode) => string;
  /** Returns the key of a map's member. Default: `member1`, `member2`, or text of the pattern for keys. */
  readonly key?: (path: string, number: number) => string;
  /** Returns which of several alternatives to take, from zero. Default: the first. */
  readonly pick?: (count: number, path: string) => number;
}

type Path = readonly PathSegment[];

// Without limits, schemas that refer to each other at every level would fill the memory, and deep ones the call stack.
const mostValues = 20_000;
const mostLevels = 500;

/**
 * Returns an instance in which every node of a schema has a value, so that a leak test covers them all.
 *
 * It is valid as far as single keywords decide: types, constants, bounds, patterns, formats, required members. It does
 * not consider `not`, `if`, `contains`, `dependencies`, that exactly one of `oneOf` may match, and patterns with
 * lookarounds or Unicode classes that a few attempts do not match. A recursive node is entered twice.
 */
export function sample(source: SchemaSource | SchemaNode, options: SampleOptions = {}): Json {
  const above = new Map<SchemaNode, number>();
  const recursive = new Set<SchemaNode>();
  let left = mostValues;
  const fill: Fill = (node, path, number = 1) => {
    const times = above.get(node) ?? 0;
    // Without this limit, nodes that contain each other would be combined in all ways.
    if (times >= 2 || recursive.has(node)) {
      recursive.add(node);
      return undefined;
    }
    if (left === 0 || path.length > mostLevels || isForbidden(node)) return undefined;
    left -= 1;
    above.set(node, times + 1);
    const value = valueOf(node, path, number, fill, options);
    above.set(node, times);
    return value;
  };
  return fill(fieldTree(source), []) ?? null;
}

/** Returns the value of a node, or undefined if there is none; another `number` gives another value, if possible. */
type Fill = (node: SchemaNode, path: Path, number?: number) => Json | undefined;

/** Returns true if a node allows no value: its schema is `false`. */
function isForbidden({ keywords }: SchemaNode): boolean {
  const { not } = keywords;
  return typeof not === 'object' && not !== null && Object.keys(not).length === 0;
}

function valueOf(
  node: SchemaNode,
  path: Path,
  number: number,
  fill: Fill,
  options: SampleOptions,
): Json | undefined {
  const where = formatPath(path);
  const choose = <T>(items: readonly T[]): T | undefined =>
    items[((options.pick?.(items.length, where) ?? 0) + number - 1) % items.length];
  if (node.anyOf.length > 0) {
    const chosen = node.anyOf[options.pick?.(node.anyOf.length, where) ?? 0];
    return (
      (chosen && fill(chosen, path, number)) ?? firstOf(node.anyOf, (branch) => fill(branch, path, number))
    );
  }
  if (node.values !== undefined) return choose(node.values) ?? null;
  const kinds = node.kinds.filter((kind) => kind !== 'null');
  switch (kinds[options.pick?.(kinds.length, where) ?? 0] ?? node.kinds[0]) {
    case 'null':
      return null;
    case 'boolean':
      return number % 2 === 1;
    case 'integer':
    case 'number':
      return sampleNumber(numberRange(node), number);
    case 'duration':
      return node.keywords.format === 'duration' ? `PT${number}M30S` : `${number}m30s`;
    case 'array':
      return listOf(node, path, fill);
    case 'object':
      return objectOf(node, path, fill, options);
    case 'string':
    case undefined:
      return options.text?.(where, node) ?? sampleText(node, number);
  }
}

function firstOf<T, R>(items: readonly T[], make: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const made = make(item);
    if (made !== undefined) return made;
  }
  return undefined;
}

function listOf(node: SchemaNode, path: Path, fill: Fill): Json | undefined {
  const { minItems = 1, maxItems = Infinity } = listRange(node);
  const list = node.prefixItems
    .slice(0, maxItems)
    .map((child, at): Json => fill(child, [...path, at], at + 1) ?? null);
  const count = Math.min(Math.max(minItems, list.length + 1), maxItems, list.length + mostItems);
  while (list.length < count) {
    const isOpen = node.items === undefined && list.length < minItems;
    const item =
      node.items === undefined ? undefined : fill(node.items, [...path, anyMember], list.length + 1);
    if (item === undefined && !isOpen) {
      // Without a required item the list is not valid; a parent may leave the list out.
      if (list.length < minItems && path.length > 0) return undefined;
      break;
    }
    list.push(item === undefined ? `text${list.length + 1}` : item);
  }
  return list;
}

// A list that requires more items than this is left too short.
const mostItems = 1_000;

function objectOf(node: SchemaNode, path: Path, fill: Fill, options: SampleOptions): Json | undefined {
  const { minProperties = 0, maxProperties = Infinity } = objectRange(node);
  const { required } = node.keywords;
  const isOpen = node.keywords.additionalProperties !== false;
  const needed = new Set<string>(
    Array.isArray(required) ? required.filter((key) => typeof key === 'string') : [],
  );
  const memberPath: Path = [...path, anyMember];
  const more = node.additionalProperties;
  const members = new Map<string, Json>();
  const add = (key: string, child: SchemaNode, at: Path, number?: number): void => {
    const isFull = members.has(key) || members.size >= maxProperties;
    const value = isFull ? undefined : fill(child, at, number);
    if (value !== undefined) members.set(key, value);
  };
  // Required members come first, since others may exceed the limit.
  for (const key of needed) {
    const declared = node.properties.get(key);
    const child = declared ?? node.patternProperties.find(({ pattern }) => pattern.test(key))?.node ?? more;
    if (child !== undefined) add(key, child, declared === undefined ? memberPath : [...path, key]);
    else if (isOpen) members.set(key, 'text');
    if (!members.has(key) && declared !== undefined && path.length > 0) return undefined;
  }
  for (const [key, child] of node.properties) add(key, child, [...path, key]);
  for (const { pattern, node: child } of node.patternProperties) {
    const key = matchingText(pattern.source, {}, 1);
    if (key !== undefined) add(key, child, memberPath);
  }
  const least = Math.min(minProperties, mostItems);
  if (more !== undefined) {
    for (let number = 1; number <= 2 || (members.size < least && number <= mostItems); number += 1) {
      const key = keyOf(node, formatPath(memberPath), number, options);
      if (key !== undefined) add(key, more, memberPath, number);
    }
  }
  if (more === undefined && isOpen) {
    for (let number = 1; members.size < least; number += 1) members.set(`member${number}`, 'text');
  }
  return Object.fromEntries(members);
}

function keyOf(
  { propertyNames }: SchemaNode,
  path: string,
  number: number,
  options: SampleOptions,
): string | undefined {
  const given = options.key?.(path, number);
  if (given !== undefined || propertyNames === undefined) return given ?? `member${number}`;
  if (propertyNames.values !== undefined) {
    const value = propertyNames.values[number - 1];
    return typeof value === 'string' ? value : undefined;
  }
  const { pattern } = propertyNames.keywords;
  const isFree = typeof pattern !== 'string' || compilePattern(pattern)?.test(`member${number}`) !== false;
  const { maxLength = Infinity } = textRange(propertyNames);
  return isFree && maxLength > 6 + String(number).length
    ? `member${number}`
    : sampleText(propertyNames, number);
}
