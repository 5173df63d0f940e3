import type { SchemaNode } from '@candor/schema';
import type { ConfigIssue } from '../config-error.js';
import type { Dialect } from '../dialect.js';
import type { Position, SourceNode } from '../source-node.js';
import type { Path, Spelling } from './layout.js';
import type { off, Tree } from './tree.js';

/** How a source is held against the schema. */
export interface CoerceOptions {
  /** Name of the file, `flags` or `environment`, for the issues. */
  readonly source: string;
  /** What happens to keys that the schema does not know. */
  readonly unknownKeys: 'refuse' | 'warn';
  /** The same for keys of the top level. */
  readonly unknownTopLevelKeys: 'refuse' | 'warn';
  readonly dialect: Dialect;
}

/** What reading a value by a union came to. */
export interface UnionResult {
  readonly tree: Tree | undefined;
  readonly issues: readonly ConfigIssue[];
}

/** What the readers of one source share. */
export interface Coercion {
  readonly options: CoerceOptions;
  readonly dialect: Dialect;
  readonly issues: ConfigIssue[];
  /** A container before its members. */
  readonly spellings: Spelling[];
  /** What was read by a union already. */
  readonly unions: Map<SourceNode, Map<SchemaNode, UnionResult>>;
  isPlain: boolean;
  holdsOff: boolean;
  /** Reads a value as its schema says; undefined means null, or something that was complained about. */
  read(node: SourceNode, schema: SchemaNode, path: Path): Tree | undefined;
  /** Switches a section off. */
  switchOff(): typeof off;
  complain(path: Path, message: string, position: Position | undefined): undefined;
  /** Complains of what was found before. */
  repeat(found: readonly ConfigIssue[]): void;
  warn(path: Path, message: string, position: Position | undefined): void;
  /** Complains that another kind of value was expected. */
  mismatch(node: SourceNode, schema: SchemaNode, path: Path): undefined;
}
