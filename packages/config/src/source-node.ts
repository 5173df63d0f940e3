/** A position in a text; both count from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A single value as a reader found it. */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly type: 'text' | 'boolean' | 'integer' | 'float' | 'date' | 'null';
  /** The value in its simplest form: text without quotes, an integer in decimal digits. */
  readonly text: string;
  /** True for a flag or variable, which never says what type a value has. */
  readonly flat?: true;
  readonly position?: Position;
}

/** A list as a reader found it. */
export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly SourceNode[];
  readonly position?: Position;
}

/** A key with its value. */
export interface EntryNode {
  readonly key: string;
  readonly node: SourceNode;
  readonly position?: Position;
}

/** A section or map as a reader found it. */
export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly EntryNode[];
  /** Flags and variables do not say whether numbered keys make a list; the schema does. */
  readonly flat?: { readonly value: string | undefined };
  readonly position?: Position;
}

/** The result of every reader: values without the schema's types, with their positions. */
export type SourceNode = ScalarNode | ListNode | MapNode;

/** Returns a text as the value of a flag or variable. */
export function flatText(text: string): ScalarNode {
  return { kind: 'scalar', type: 'text', text, flat: true };
}

/** The deepest nesting: beyond any configuration, and safe for the call stack. */
export const deepest = 200;

/** Returns true for a node that is nested deeper than `deepest`. */
export function isTooDeep(node: SourceNode, depth = 0): boolean {
  if (depth > deepest) return true;
  if (node.kind === 'scalar') return false;
  return node.kind === 'list'
    ? node.items.some((item) => isTooDeep(item, depth + 1))
    : node.entries.some((entry) => isTooDeep(entry.node, depth + 1));
}
