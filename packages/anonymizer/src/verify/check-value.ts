import { anyMember, formatPath, type Json, maskedLength, maskedText, type PathSegment } from '@candor/schema';
import type { Result, ResultEntry, ResultNode } from '../apply/result-node.js';
import { isMadeUpKey } from '../hidden-keys.js';
import type { Work } from '../scrub/budget.js';
import type { Snapshot } from '../snapshot.js';
import { hasRepeats } from '../unique.js';
import type { Check, ListCheck, ObjectCheck } from './compile-checks.js';

type Path = readonly PathSegment[];

/** A made-up key, or a text that contains one. */
export interface MadeUpName {
  readonly path: Path;
  /** Returns true if the name is still the received one. */
  readonly isUnchanged: () => boolean;
}

/** The part of a value that output schemas allow. */
export interface Checked {
  /** Undefined if nothing of the value is allowed. */
  readonly node: ResultNode | undefined;
  /** The path of each value that was removed. */
  readonly removed: string[];
  /** Names that can be checked only against the whole value. */
  readonly names: readonly MadeUpName[];
}

interface Context {
  readonly work: Work;
  readonly removed: string[];
  readonly names: MadeUpName[];
}

/** Removes the parts of a value that output schemas, the root's first, do not allow. Adds the steps taken to `work`. */
export function checkValue(checks: readonly Check[], value: Snapshot, work: Work): Checked {
  const context: Context = { work, removed: [], names: [] };
  const [root] = checks;
  const node = root === undefined ? undefined : check(root, value, [], context);
  return { node, removed: context.removed, names: context.names };
}

// The steps for reading a value, and for writing a segment of a path.
const stepsPerValue = 60;
const stepsPerSegment = 20;

function check(schema: Check, value: Snapshot, path: Path, context: Context): ResultNode | undefined {
  context.work.steps += stepsPerValue;
  switch (value.kind) {
    case 'unreadable':
      return remove(path, context);
    case 'null':
      return schema.isNullable ? keep(value, null) : remove(path, context);
    case 'array':
      return schema.list === undefined ? remove(path, context) : checkList(schema.list, value, path, context);
    case 'object': {
      const { object } = alternativeFor(schema, value.entries, context);
      return object === undefined ? remove(path, context) : checkObject(object, value, path, context);
    }
    default:
      return checkScalar(schema, value, path, context);
  }
}

function keep(snapshot: Snapshot, value: Json): ResultNode {
  return { snapshot, result: { action: 'kept', reason: 'exported', value } };
}

function remove(path: Path, { removed, work }: Context): undefined {
  work.steps += stepsPerValue + stepsPerSegment * path.length;
  removed.push(formatPath(path));
  return undefined;
}

function checkScalar(
  schema: Check,
  snapshot: Extract<Snapshot, { value: unknown }>,
  path: Path,
  context: Context,
): ResultNode | undefined {
  const { value } = snapshot;
  if (typeof value === 'string' && schema.hasText && isMadeUpKey(value)) {
    const node: ResultNode = {
      snapshot,
      result: { action: 'kept', reason: 'exported', value, text: value },
    };
    context.names.push({ path, isUnchanged: () => node.result.value === value });
    return node;
  }
  if (schema.allowsScalar(value)) return keep(snapshot, value);
  if (typeof value === 'string' && schema.allowsText(value, context.work)) return keep(snapshot, value);
  return remove(path, context);
}

/** Returns the schema for an object of a union: the one whose constants match, or all together if several match. */
function alternativeFor(schema: Check, entries: ReadonlyMap<string, Snapshot>, { work }: Context): Check {
  const fitting = schema.alternatives.filter(({ check: alternative, discriminators }) => {
    work.steps += 1 + discriminators.length;
    return discriminators.every((key) => holdsConstant(alternative(), key, entries));
  });
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only.check();
  return fitting.length === 0 && schema.alternatives.length > 0 ? { ...schema, object: undefined } : schema;
}

function holdsConstant(alternative: Check, key: string, entries: ReadonlyMap<string, Snapshot>): boolean {
  const value = entries.get(key);
  const schema = alternative.object?.properties.get(key)?.();
  return (
    value === undefined || !('value' in value) || schema === undefined || schema.allowsScalar(value.value)
  );
}

function checkList(
  list: ListCheck,
  snapshot: Extract<Snapshot, { kind: 'array' }>,
  path: Path,
  context: Context,
): ResultNode | undefined {
  const { maxItems = Infinity, masked, uniqueItems, prefixItems, items: rest } = list;
  const { items } = snapshot;
  if (items.length > maxItems) return remove(path, context);
  const isExportable = prefixItems.length > 0 || rest !== undefined;
  if (masked === true && (!isExportable || items.every(isMask))) {
    return checkMaskedTexts(snapshot, path, context);
  }
  const kept = items.flatMap((item, at): ResultNode[] => {
    const schema = prefixItems[at] ?? rest;
    const isInTuple = at < prefixItems.length;
    const itemPath: Path = [...path, isInTuple ? String(at) : anyMember];
    // In a tuple, null replaces an item that is not exported, so that no item moves.
    if (isInTuple && item.kind === 'null') return [keep(item, null)];
    const node = schema === undefined ? remove(itemPath, context) : check(schema(), item, itemPath, context);
    if (node !== undefined) return [node];
    return isInTuple ? [keep(item, null)] : [];
  });
  const isRepeated = uniqueItems === true && hasRepeats(kept.map(({ result }) => result.value));
  return isRepeated ? remove(path, context) : listOf(snapshot, kept);
}

/** Keeps the masks of a list, as many as a masked list may have. */
function checkMaskedTexts(
  snapshot: Extract<Snapshot, { kind: 'array' }>,
  path: Path,
  context: Context,
): ResultNode {
  let left = maskedLength(snapshot.items.filter(isMask).length);
  const items = snapshot.items.flatMap((item): ResultNode[] => {
    context.work.steps += stepsPerValue;
    if (isMask(item) && left > 0) {
      left -= 1;
      return [keep(item, maskedText)];
    }
    remove([...path, anyMember], context);
    return [];
  });
  return listOf(snapshot, items);
}

function isMask(item: Snapshot): boolean {
  return item.kind === 'string' && item.value === maskedText;
}

function listOf(snapshot: Snapshot, items: readonly ResultNode[]): ResultNode {
  return { snapshot, result: { action: 'kept', reason: 'exported' }, items };
}

function checkObject(
  object: ObjectCheck,
  snapshot: Extract<Snapshot, { kind: 'object' }>,
  path: Path,
  context: Context,
): ResultNode | undefined {
  const { properties, additionalProperties } = object;
  const { entries } = snapshot;
  if (entries.size > object.maxProperties) return remove(path, context);
  const madeUp = madeUpKeys(entries, properties);
  const kept: ResultEntry[] = [];
  for (const [key, member] of entries) {
    const declared = properties.get(key);
    const memberPath: Path = [...path, declared === undefined ? anyMember : key];
    const isMadeUp = declared === undefined && madeUp.has(key);
    const isFreeText = declared === undefined && !isMadeUp && !object.names.has(key);
    const isAllowed =
      isMadeUp || (!isMadeUpKey(key) && (!isFreeText || object.allowsName(key, context.work)));
    const schema = declared ?? (isAllowed ? additionalProperties : undefined);
    const node =
      schema === undefined ? remove(memberPath, context) : check(schema(), member, memberPath, context);
    if (node === undefined) continue;
    const entry: ResultEntry = {
      key,
      node,
      rank: declared === undefined ? undefined : kept.length,
      newKey: isMadeUp ? undefined : key,
      isFreeText,
    };
    kept.push(entry);
    if (isMadeUp) context.names.push({ path: memberPath, isUnchanged: () => entry.newKey === key });
  }
  const result: Result = { action: 'kept', reason: 'exported' };
  return { snapshot, result, entries: kept, declared: properties };
}

/** Returns the keys `key1`, `key2`, … up to the first that is missing, without those that the schema declares. */
function madeUpKeys(
  entries: ReadonlyMap<string, unknown>,
  declared: ReadonlyMap<string, unknown>,
): ReadonlySet<string> {
  const keys = new Set<string>();
  for (let number = 1; ; number += 1) {
    const key = `key${number}`;
    if (declared.has(key)) continue;
    if (!entries.has(key)) return keys;
    keys.add(key);
  }
}
