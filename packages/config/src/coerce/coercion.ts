import type { SchemaNode } from '@candor/schema';
import type { ConfigIssue } from '../config-error.js';
import type { Dialect } from '../dialect.js';
import type { Position, SourceNode } from '../source-node.js';
import type { Spelling } from './layout.js';
import type { off, Tree } from './tree.js';

/** How a source is compared with the schema. */
export interface CoerceOptions {
  /** Name of the file, `flags` or `environment`, for the issues. */
  readonly source: string;
  /** What to do with keys that the schema does not know. */
  readonly unknownKeys: 'refuse' | 'warn';
  /** The same for keys of the top level. */
  readonly unknownTopLevelKeys: 'refuse' | 'warn';
  readonly dialect: Dialect;
}

/** The result of reading a value by a union. */
export interface UnionResult {
  readonly tree: Tree | undefined;
  readonly issues: readonly ConfigIssue[];
}

/** The context that the readers of one source share. */
export interface Coercion {
  readonly options: CoerceOptions;
  readonly dialect: Dialect;
  readonly issues: ConfigIssue[];
  /** Each container comes before its members. */
  readonly spellings: Spelling[];
  /** The results of unions that were read already. */
  readonly unions: Map<SourceNode, Map<SchemaNode, UnionResult>>;
  isPlain: boolean;
  holdsOff: boolean;
  /** Reads a value as its schema says; returns undefined for null, or after an issue. */
  read(node: SourceNode, schema: SchemaNode, at: Spelling | undefined): Tree | undefined;
  /** Notes that a section is switched off. */
  switchOff(): typeof off;
  complain(at: Spelling | undefined, message: string, position: Position | undefined): undefined;
  /** Adds issues that were found before. */
  repeat(found: readonly ConfigIssue[]): void;
  warn(at: Spelling | undefined, message: string, position: Position | undefined): void;
  /** Adds the issue that another kind of value was expected. */
  mismatch(node: SourceNode, schema: SchemaNode, at: Spelling | undefined): undefined;
}
