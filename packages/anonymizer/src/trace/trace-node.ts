import type { Json } from '@candor/schema';
import type { Snapshot, Unreadable } from '../snapshot.js';

/** What happened to a value on its way out. */
export type Action = 'kept' | 'masked' | 'scrubbed' | 'transformed' | 'renamed' | 'omitted';

/** Why it happened. */
export type Reason =
  /** Its place and every place above it are tagged. */
  | 'exported'
  /** Its place has no tag. */
  | 'untagged'
  /** A place above it has no tag. */
  | 'above-untagged'
  /** A place above it leaves only as a count or as present. */
  | 'above-transformed'
  /** The operator denies it. */
  | 'denied'
  /** The schema does not know it. */
  | 'undeclared'
  /** The schema expects another type. */
  | 'type-mismatch'
  /** Its type is right, but the schema does not allow the value (an enum, a range, a format). */
  | 'not-allowed'
  /** More than one alternative of the schema could hold it. */
  | 'undecided'
  /** It equals a map key that does not leave. */
  | 'quotes-key'
  /** It stands under a map key that does not leave. */
  | 'key-renamed'
  | Unreadable;

/** What becomes of one value. */
export interface Outcome {
  readonly action: Action;
  readonly reason: Reason;
  /** What leaves instead; undefined for what is left out and for a container that keeps members. */
  readonly value?: Json;
  /** The input text where it leaves as free text and may quote a map key. */
  readonly text?: string;
}

/** A value with what becomes of it and of its members. */
export interface TraceNode {
  readonly snapshot: Snapshot;
  outcome: Outcome;
  /** Members of a list that keeps them, in order. */
  readonly items?: readonly TraceNode[];
  /** Members of an object or map that keeps them, in the input's order. */
  readonly entries?: readonly TraceEntry[];
  /** Names that a made-up key must not take: the declared properties. */
  readonly declared?: ReadonlyMap<string, unknown>;
}

/** A member of an object or map. */
export interface TraceEntry {
  readonly key: string;
  readonly node: TraceNode;
  /** Where the schema declares it: its position there; undefined for a map's member. */
  readonly rank: number | undefined;
  /** The key that leaves; undefined until a key that may not leave is given another. */
  as: string | undefined;
}
