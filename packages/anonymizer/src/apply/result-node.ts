import type { Json } from '@candor/schema';
import type { Snapshot, Unreadable } from '../snapshot.js';

/** What the anonymizer did with a value. */
export type Action = 'kept' | 'masked' | 'scrubbed' | 'transformed' | 'renamed' | 'omitted';

/** Why it happened. */
export type Reason =
  /** Its node and every node above it are tagged. */
  | 'exported'
  /** Its node has no tag. */
  | 'untagged'
  /** A node above it has no tag. */
  | 'above-untagged'
  /** A node above it is exported only as a count or presence. */
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
  /** It names a key that is not exported. */
  | 'quotes-key'
  /** It is under a key that is not exported. */
  | 'key-renamed'
  | Unreadable;

/** The result of one value. */
export interface Result {
  readonly action: Action;
  readonly reason: Reason;
  /** The output; undefined for a value that is left out and for a container that keeps members. */
  readonly value?: Json;
  /** The input text, if it is exported as free text and may name a key. */
  readonly text?: string;
}

/** A value of the input with the result for it and for its members. */
export interface ResultNode {
  readonly snapshot: Snapshot;
  result: Result;
  /** The members of a list that keeps them, in order. */
  readonly items?: readonly ResultNode[];
  /** The members of an object or map that keeps them, in the input's order. */
  readonly entries?: readonly ResultEntry[];
  /** The declared properties, whose names a made-up key must not have. */
  readonly declared?: ReadonlyMap<string, unknown>;
}

/** A member of an object or map. */
export interface ResultEntry {
  readonly key: string;
  readonly node: ResultNode;
  /** The position of a declared property in the schema; undefined for a map's member. */
  readonly rank: number | undefined;
  /** The exported key; undefined until a key that is not exported is replaced. */
  newKey: string | undefined;
  /**
   * True if the key is exported because any text is allowed as a key, so that it may name a key that is not exported.
   */
  readonly isFreeText: boolean;
}

/** Returns true if a value is in the output. */
export function isInOutput({ result }: ResultNode): boolean {
  return result.action !== 'omitted';
}
