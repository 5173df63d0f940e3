import {
  countRanges,
  isInRange,
  isTextList,
  type Json,
  keepsUniqueItems,
  listRange,
  maskedLength,
  maskedText,
  objectRange,
  roundToRange,
  type SchemaNode,
} from '@candor/schema';
import { denialsBelow, isDenied, type Denials } from '../deny.js';
import { type HiddenKeys, isMadeUpKey } from '../hidden-keys.js';
import type { Snapshot } from '../snapshot.js';
import type { Rules } from '../rules.js';
import { hasRepeats } from '../unique.js';
import { anonymizeScalar, mask, type Scalar } from './anonymize-scalar.js';
import { isOfKind, matchAlternatives } from './match-alternatives.js';
import { memberSchema } from './member-schema.js';
import { isInOutput, type Reason, type Result, type ResultEntry, type ResultNode } from './result-node.js';

type List = Extract<Snapshot, { kind: 'array' }>;
type Dictionary = Extract<Snapshot, { kind: 'object' }>;

/** Work that can be interrupted wherever it yields. */
export type Steps<T> = Generator<void, T, void>;

/** The context of one value. */
interface Context {
  readonly denials: Denials;
  /** Collects the keys that are not exported. */
  readonly hidden: HiddenKeys;
  readonly rules: Rules;
}

/**
 * Computes the result of a value and of everything in it, except for made-up keys, and collects the keys that are not
 * exported. Yields after each value without members.
 */
export function* applyTags(schema: SchemaNode, snapshot: Snapshot, context: Context): Steps<ResultNode> {
  const { hidden } = context;
  if (isDenied(context.denials)) return omit([schema], snapshot, 'denied', hidden);
  if (snapshot.kind === 'unreadable') return applyToUnreadable(schema, snapshot);
  if (snapshot.kind === 'null') return applyToNull(schema, snapshot);
  const { candidates, allowed } = matchAlternatives(schema, snapshot, context.rules);
  const [first] = candidates;
  if (first === undefined) return omit([schema], snapshot, 'type-mismatch', hidden);
  switch (snapshot.kind) {
    case 'array':
    case 'object': {
      const doubt = candidates.length > 1 ? 'undecided' : allowed ? undefined : 'not-allowed';
      return snapshot.kind === 'array'
        ? yield* applyToList(candidates, snapshot, context, doubt)
        : yield* applyToObject(candidates, snapshot, context, doubt);
    }
    default: {
      const result = scalarResult(candidates, snapshot, allowed, context.rules);
      yield;
      return { snapshot, result };
    }
  }
}

function applyToUnreadable(
  { tag }: SchemaNode,
  snapshot: Extract<Snapshot, { kind: 'unreadable' }>,
): ResultNode {
  // A date or a class instance cannot be read, but it is present.
  if (snapshot.present && tag?.transform?.kind === 'presence') {
    return { snapshot, result: { action: 'transformed', reason: 'exported', value: true } };
  }
  return { snapshot, result: { action: 'omitted', reason: snapshot.why } };
}

function applyToNull({ kinds, tag }: SchemaNode, snapshot: Snapshot): ResultNode {
  const isExpected = kinds.length === 0 || kinds.includes('null');
  if (!isExpected) return { snapshot, result: { action: 'omitted', reason: 'type-mismatch' } };
  const reason = tag === undefined ? 'untagged' : 'exported';
  return { snapshot, result: { action: 'kept', reason, value: null } };
}

const mismatch: Result = { action: 'omitted', reason: 'type-mismatch' };

/** Returns the result of a scalar. */
export function applyToScalar(schema: SchemaNode, scalar: Scalar, rules: Rules): Result {
  if (schema.anyOf.length === 0) {
    return isOfKind(schema, scalar) ? anonymizeScalar(schema, scalar, rules) : mismatch;
  }
  const { candidates, allowed } = matchAlternatives(schema, scalar, rules);
  return candidates.length === 0 ? mismatch : scalarResult(candidates, scalar, allowed, rules);
}

function scalarResult(
  candidates: readonly SchemaNode[],
  scalar: Scalar,
  allowed: boolean,
  rules: Rules,
): Result {
  const results = candidates.map((node) =>
    allowed ? anonymizeScalar(node, scalar, rules) : mask(node, scalar, 'not-allowed'),
  );
  const [first] = results as [Result];
  if (results.every(({ action, value }) => action === first.action && value === first.value)) {
    return results.find(({ text }) => text !== undefined) ?? first;
  }
  return maskUndecided(candidates, scalar);
}

/** Returns the mask of a scalar that is meant for one of several alternatives, of which there is at least one. */
export function maskUndecided(candidates: readonly SchemaNode[], scalar: Scalar): Result {
  const node = candidates.find(({ kinds }) => !kinds.includes('duration')) ?? candidates[0]!;
  return mask(node, scalar, 'undecided');
}

function* applyToList(
  candidates: readonly SchemaNode[],
  list: List,
  context: Context,
  doubt: Reason | undefined,
): Steps<ResultNode> {
  const [node] = candidates as [SchemaNode];
  const { hidden } = context;
  const isDecided = doubt === undefined && node.tag !== undefined;
  const whole = isDecided ? transformContainer(node, list, list.items.length, hidden) : undefined;
  if (whole !== undefined) return whole;
  const isTooLong = candidates.every((node) => isAbove(listRange(node).maxItems, list.items.length));
  if (isTooLong) return maskList(candidates, list, 'not-allowed', hidden);
  if (isDecided && node.tag?.transform === undefined) return yield* applyToItems(node, list, context);
  const reason = doubt ?? (node.tag === undefined ? 'untagged' : 'type-mismatch');
  return candidates.every(isTextList)
    ? maskTexts(list, reason, hidden)
    : maskList(candidates, list, reason, hidden);
}

function contextBelow(context: Context, segment: string | number): Context {
  const denials = denialsBelow(context.denials, segment);
  return denials === context.denials ? context : { ...context, denials };
}

function isAbove(most: number | undefined, size: number): boolean {
  return most !== undefined && size > most;
}

function maskList(
  schemas: readonly SchemaNode[],
  list: List,
  reason: Reason,
  hidden: HiddenKeys,
): ResultNode {
  hidden.addBelow(schemas, list);
  return { snapshot: list, result: { action: 'masked', reason, value: [] } };
}

/** Masks each text of a list, and drops those beyond the length that a masked list may show. */
function maskTexts(list: List, reason: Reason, hidden: HiddenKeys): ResultNode {
  let left = maskedLength(list.items.filter(({ kind }) => kind === 'string').length);
  const items = list.items.map((item): ResultNode => {
    if (item.kind !== 'string') return omit([], item, 'type-mismatch', hidden);
    left -= 1;
    return left < 0
      ? omit([], item, reasonBelow(reason), hidden)
      : { snapshot: item, result: { action: 'masked', reason: reasonBelow(reason), value: maskedText } };
  });
  return { snapshot: list, result: { action: 'masked', reason }, items };
}

function* applyToItems(schema: SchemaNode, list: List, context: Context): Steps<ResultNode> {
  const items: ResultNode[] = [];
  for (const [at, item] of list.items.entries()) {
    const child = schema.prefixItems[at] ?? schema.items;
    const node =
      child === undefined
        ? omit([], item, 'undeclared', context.hidden)
        : yield* applyTags(child, item, contextBelow(context, at));
    // In a tuple the position gives a value its meaning, so no item may move.
    const isHole = !isInOutput(node) && at < schema.prefixItems.length;
    items.push(
      isHole
        ? { snapshot: item, result: { action: 'masked', reason: node.result.reason, value: null } }
        : node,
    );
  }
  if (keepsUniqueItems(schema) && hasRepeats(items.map(({ result }) => result.value))) {
    return maskList([schema], list, 'not-allowed', context.hidden);
  }
  return { snapshot: list, result: { action: 'kept', reason: 'exported' }, items };
}

function* applyToObject(
  candidates: readonly SchemaNode[],
  object: Dictionary,
  context: Context,
  doubt: Reason | undefined,
): Steps<ResultNode> {
  const [schema] = candidates as [SchemaNode];
  const { hidden } = context;
  if (doubt !== undefined) return omit(candidates, object, doubt, hidden);
  if (schema.tag === undefined) return omit(candidates, object, 'untagged', hidden);
  const whole = transformContainer(schema, object, object.entries.size, hidden);
  if (whole !== undefined) return whole;
  if (schema.tag.transform !== undefined) return omit(candidates, object, 'type-mismatch', hidden);
  if (isAbove(objectRange(schema).maxProperties, object.entries.size)) {
    return omit(candidates, object, 'not-allowed', hidden);
  }
  const ranks = context.rules.ranks(schema);
  const isMap = schema.additionalProperties !== undefined || schema.patternProperties.length > 0;
  const entries: ResultEntry[] = [];
  for (const [key, member] of object.entries) {
    const rank = ranks.get(key);
    const child = memberSchema(schema, key);
    const node =
      child === undefined
        ? omit([], member, 'undeclared', hidden)
        : yield* applyTags(child, member, contextBelow(context, key));
    const name =
      isMap && rank === undefined ? keptKey(schema.propertyNames, key, context.rules) : { newKey: key };
    entries.push({ key, node, rank, newKey: name?.newKey, isFreeText: name?.isFreeText === true });
    if (rank !== undefined) continue;
    if (!isInOutput(node)) hidden.addOmitted(key);
    else if (name === undefined || isOtherName(name, key)) hidden.addRenamed(key);
  }
  return {
    snapshot: object,
    result: { action: 'kept', reason: 'exported' },
    entries,
    declared: schema.properties,
  };
}

/** A map's key as it is exported; `isFreeText` if any text is allowed as a key. */
export interface KeptKey {
  readonly newKey: string;
  readonly isFreeText?: true;
}

/** Returns true if a key is exported as a listed name that it counts as: then it must be hidden like a numbered key. */
export function isOtherName({ newKey, isFreeText }: KeptKey, key: string): boolean {
  return isFreeText !== true && newKey !== key;
}

/** Returns the exported key of a map's member; undefined if it must be replaced. */
export function keptKey(names: SchemaNode | undefined, key: string, rules: Rules): KeptKey | undefined {
  // A key that looks made up is numbered like the others.
  if (names?.tag === undefined || isMadeUpKey(key)) return undefined;
  const { transform } = names.tag;
  if (transform !== undefined) {
    const listed = transform.kind === 'only' ? rules.listedValue(transform)(key) : undefined;
    return typeof listed === 'string' ? { newKey: listed } : undefined;
  }
  if (names.values !== undefined) return names.values.includes(key) ? { newKey: key } : undefined;
  if (names.anyOf.length > 0 || names.kinds.join() !== 'string') return undefined;
  const newKey = rules.scrubbed(names)(key);
  return newKey === undefined || isMadeUpKey(newKey) ? undefined : { newKey, isFreeText: true };
}

function transformContainer(
  schema: SchemaNode,
  snapshot: List | Dictionary,
  size: number,
  hidden: HiddenKeys,
): ResultNode | undefined {
  const kind = schema.tag?.transform?.kind;
  if (kind !== 'count' && kind !== 'presence') return undefined;
  hidden.addBelow([schema], snapshot);
  const value = kind === 'presence' ? true : countOf(schema, size);
  const result: Result =
    value === undefined
      ? { action: 'omitted', reason: 'not-allowed' }
      : { action: 'transformed', reason: 'exported', value };
  return { snapshot, result };
}

/** Returns the output of a number of members under `"count"`; undefined if no count is allowed. */
export function countOf(schema: SchemaNode, size: number): Json | undefined {
  for (const range of countRanges(schema)) {
    const count = roundToRange(range, size);
    if (isInRange(range, count)) return count;
  }
  return undefined;
}

/** Returns the reason for the values in a container that is not exported as it is. */
export function reasonBelow(reason: Reason): Reason {
  if (reason === 'untagged') return 'above-untagged';
  return reason === 'exported' ? 'above-transformed' : reason;
}

function omit(
  schemas: readonly SchemaNode[],
  snapshot: Snapshot,
  reason: Reason,
  hidden: HiddenKeys,
): ResultNode {
  hidden.addBelow(schemas, snapshot);
  return { snapshot, result: { action: 'omitted', reason } };
}
