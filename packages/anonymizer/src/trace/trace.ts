import { isTextList, isUndeclared, maskedText, type SchemaNode } from '@candor/schema';
import { below, isDenied, type Denials } from '../deny.js';
import { settle } from '../settle.js';
import type { Snapshot } from '../snapshot.js';
import { decide } from './decide.js';
import { mask, reduce, type Scalar } from './reduce.js';
import type { Outcome, Reason, TraceEntry, TraceNode } from './trace-node.js';

type List = Extract<Snapshot, { kind: 'array' }>;
type Dictionary = Extract<Snapshot, { kind: 'object' }>;

/** Work that can be interrupted wherever it yields. */
export type Steps<T> = Generator<void, T, void>;

/**
 * Works out what becomes of a value at a place, and of everything in it, except for the made-up keys.
 * Yields after each value that has no members.
 */
export function* trace(place: SchemaNode, snapshot: Snapshot, denials: Denials): Steps<TraceNode> {
  if (isDenied(denials)) return omit(snapshot, 'denied');
  if (snapshot.kind === 'unreadable') return traceUnreadable(place, snapshot);
  if (snapshot.kind === 'null')
    return leaf(snapshot, { action: 'kept', reason: whyNull(place), value: null });
  const { candidates, allowed } = decide(place, snapshot);
  const [first] = candidates;
  if (first === undefined) return omit(snapshot, 'type-mismatch');
  switch (snapshot.kind) {
    case 'array':
    case 'object': {
      const doubt = candidates.length > 1 ? 'undecided' : allowed ? undefined : 'not-allowed';
      return snapshot.kind === 'array'
        ? yield* traceList(candidates, snapshot, denials, doubt)
        : yield* traceObject(first, snapshot, denials, doubt);
    }
    default: {
      const outcome = scalarOutcome(candidates, snapshot, allowed);
      yield;
      return leaf(snapshot, outcome);
    }
  }
}

function traceUnreadable(place: SchemaNode, snapshot: Extract<Snapshot, { kind: 'unreadable' }>): TraceNode {
  // A date or an instance cannot be read, but it is there.
  if (snapshot.present && place.tag?.transform?.kind === 'presence') {
    return leaf(snapshot, { action: 'transformed', reason: 'exported', value: true });
  }
  return omit(snapshot, snapshot.why);
}

function scalarOutcome(candidates: readonly SchemaNode[], scalar: Scalar, allowed: boolean): Outcome {
  const outcomes = candidates.map((place) =>
    allowed ? reduce(place, scalar) : mask(place, scalar, 'not-allowed'),
  );
  const [first] = outcomes as [Outcome];
  if (outcomes.every(({ action, value }) => action === first.action && value === first.value)) return first;
  const place = candidates.find(({ kinds }) => !kinds.includes('duration')) ?? candidates[0];
  return place === undefined ? first : mask(place, scalar, 'undecided');
}

function* traceList(
  candidates: readonly SchemaNode[],
  list: List,
  denials: Denials,
  doubt: Reason | undefined,
): Steps<TraceNode> {
  const [place] = candidates as [SchemaNode];
  if (doubt === undefined && place.tag !== undefined) {
    const whole = transformContainer(place, list, list.items.length);
    if (whole !== undefined) return whole;
    if (place.tag.transform === undefined) return yield* traceItems(place, list, denials);
  }
  const reason = doubt ?? (place.tag === undefined ? 'untagged' : 'type-mismatch');
  if (!candidates.every(isTextList)) return leaf(list, { action: 'masked', reason, value: [] });
  return {
    snapshot: list,
    outcome: { action: 'masked', reason },
    items: list.items.map((item) =>
      item.kind === 'string'
        ? leaf(item, { action: 'masked', reason: under(reason), value: maskedText })
        : omit(item, 'type-mismatch'),
    ),
  };
}

function* traceItems(place: SchemaNode, list: List, denials: Denials): Steps<TraceNode> {
  const items: TraceNode[] = [];
  for (const [at, item] of list.items.entries()) {
    const child = place.prefixItems[at] ?? place.items;
    const node =
      child === undefined ? omit(item, 'undeclared') : yield* trace(child, item, below(denials, at));
    // In a tuple the position says what a value is, so nothing may move up.
    const isHole = node.outcome.action === 'omitted' && at < place.prefixItems.length;
    items.push(isHole ? leaf(item, { action: 'masked', reason: node.outcome.reason, value: null }) : node);
  }
  return { snapshot: list, outcome: { action: 'kept', reason: 'exported' }, items };
}

function* traceObject(
  place: SchemaNode,
  object: Dictionary,
  denials: Denials,
  doubt: Reason | undefined,
): Steps<TraceNode> {
  if (doubt !== undefined) return omit(object, doubt);
  if (place.tag === undefined) return omit(object, 'untagged');
  const whole = transformContainer(place, object, object.entries.size);
  if (whole !== undefined) return whole;
  if (place.tag.transform !== undefined) return omit(object, 'type-mismatch');
  const ranks = new Map([...place.properties.keys()].map((key, rank) => [key, rank]));
  const isMap = place.additionalProperties !== undefined || place.patternProperties.length > 0;
  const entries: TraceEntry[] = [];
  for (const [key, member] of object.entries) {
    const rank = ranks.get(key);
    const child = childAt(place, key);
    const node =
      child === undefined ? omit(member, 'undeclared') : yield* trace(child, member, below(denials, key));
    entries.push({
      key,
      node,
      rank,
      as: isMap && rank === undefined ? keptName(place.propertyNames, key) : key,
    });
  }
  return {
    snapshot: object,
    outcome: { action: 'kept', reason: 'exported' },
    entries,
    declared: place.properties,
  };
}

function childAt(place: SchemaNode, key: string): SchemaNode | undefined {
  const declared = place.properties.get(key);
  if (declared !== undefined) return declared;
  const matching = place.patternProperties.filter(({ pattern }) => pattern.test(key));
  // Two patterns at once are in doubt.
  if (matching.length > 1) return undefined;
  const child = matching[0]?.node ?? place.additionalProperties;
  return child === undefined || isUndeclared(child) ? undefined : child;
}

/** The key of a map's member as it may leave; undefined where it must be replaced. */
function keptName(names: SchemaNode | undefined, key: string): string | undefined {
  if (names?.tag === undefined) return undefined;
  const { transform } = names.tag;
  if (transform !== undefined) {
    return transform.kind === 'only' && transform.values.includes(key) ? key : undefined;
  }
  if (names.values !== undefined) return names.values.includes(key) ? key : undefined;
  return names.anyOf.length > 0 || names.kinds.join() !== 'string' ? undefined : settle(key, names.address);
}

function transformContainer(place: SchemaNode, snapshot: Snapshot, size: number): TraceNode | undefined {
  const kind = place.tag?.transform?.kind;
  if (kind !== 'count' && kind !== 'presence') return undefined;
  const value = kind === 'count' ? size : true;
  return leaf(snapshot, { action: 'transformed', reason: 'exported', value });
}

function whyNull(place: SchemaNode): Reason {
  return place.tag === undefined ? 'untagged' : 'exported';
}

/** The reason of what stands in a container that does not leave as it is. */
export function under(reason: Reason): Reason {
  if (reason === 'untagged') return 'above-untagged';
  return reason === 'exported' ? 'above-transformed' : reason;
}

function leaf(snapshot: Snapshot, outcome: Outcome): TraceNode {
  return { snapshot, outcome };
}

function omit(snapshot: Snapshot, reason: Reason): TraceNode {
  return { snapshot, outcome: { action: 'omitted', reason } };
}
