import { fieldTree } from '@candor/schema';
import type { Json, SchemaNode, SchemaSource } from '@candor/schema';
import { coerce } from './coerce/coerce.js';
import type { Coerced } from './coerce/coerce.js';
import type { Layout } from './coerce/layout.js';
import { merge } from './coerce/tree.js';
import type { Tree } from './coerce/tree.js';
import type { ConfigIssue } from './config-error.js';
import type { Dialect } from './dialect.js';
import { finished } from './finished.js';
import { readEnv } from './read/env.js';
import { readFile } from './read/file.js';
import { readFlags } from './read/flags.js';
import { checkedText, readText } from './read/text.js';
import { readTomlValues } from './read/toml-values.js';
import type { Format } from './read/text.js';
import type { SourceNode } from './source-node.js';

/** The sources of a configuration, and how they are read. */
export interface LoadOptions {
  /** A schema of any kind that `@candor/schema` takes, or its field tree. */
  readonly schema: SchemaSource | SchemaNode;
  /** Path of a file, whose extension decides its format. */
  readonly file?: string | undefined;
  /** A text in place of a file; `name` is for messages. */
  readonly text?: { readonly format: Format; readonly text: string; readonly name?: string } | undefined;
  /** Arguments without the program's name. */
  readonly argv?: readonly string[] | undefined;
  /** The flag that names the file (`configFile`); it wins over `file`. */
  readonly fileFlag?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Prefix of the variables, such as `TRAEFIK_`; without it the environment is not read. */
  readonly envPrefix?: string | undefined;
  /**
   * What to do with a key that the schema does not declare, whether it says `additionalProperties: false` or nothing:
   * `refuse` (default) makes it an error, `warn` leaves it out and names it in `warnings`.
   */
  readonly unknownKeys?: 'refuse' | 'warn' | undefined;
  /** The same for the top level of a file, which may be shared with another program. Default: as `unknownKeys`. */
  readonly unknownTopLevelKeys?: 'refuse' | 'warn' | undefined;
  /** How the program's own loader differs from these rules. */
  readonly dialect?: Dialect | undefined;
  /** Longest file or text. Default: 1 MiB. */
  readonly maxBytes?: number | undefined;
}

/** A source that was read. */
export type LoadedSource =
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly format: Format;
      readonly text: string;
      readonly layout: Layout;
    }
  | { readonly kind: 'environment' }
  | { readonly kind: 'flags' };

/** A configuration, as written and as it takes effect. */
export interface Loaded {
  /** What the operator wrote, in the schema's spelling and types; keys of maps as written. */
  readonly written: { [key: string]: Json };
  /** The same with the schema's defaults; computed on first use, so read it before you change `written`. */
  readonly effective: { [key: string]: Json };
  /** From the weakest to the strongest. */
  readonly sources: readonly LoadedSource[];
  /** What was left out without an error: paths and hints, never values. */
  readonly warnings: readonly ConfigIssue[];
  /** Arguments that are not flags. */
  readonly rest: readonly string[];
}

/**
 * Loads a configuration: flags win over environment variables, these over the file. Throws a `ConfigError` with all
 * issues; it never holds a value.
 */
export function load(options: LoadOptions): Loaded {
  const { envPrefix, maxBytes = 1024 * 1024, dialect = {}, unknownKeys = 'refuse' } = options;
  const { unknownTopLevelKeys = unknownKeys } = options;
  const schema = fieldTree(options.schema);
  const sources: LoadedSource[] = [];
  const issues: ConfigIssue[] = [];
  const warnings: ConfigIssue[] = [];
  let tree: { [key: string]: Tree } = {};
  let holdsOff = false;

  function applyFile({ format, text, name }: { format: Format; text: string; name: string }): Layout {
    const settings = { source: name, unknownKeys, unknownTopLevelKeys, dialect };
    const values = format === 'toml' ? readTomlValues(text) : undefined;
    const coerced = values === undefined ? undefined : coerce(values, schema, settings);
    // With issues or warnings, the file is read again to find their positions.
    const isFine = coerced !== undefined && coerced.issues.length + coerced.warnings.length === 0;
    return apply(isFine ? coerced : coerce(readText(format, text, name), schema, settings));
  }

  function applySource(node: SourceNode, source: string): void {
    apply(coerce(node, schema, { source, unknownKeys, unknownTopLevelKeys: unknownKeys, dialect }));
  }

  function apply(coerced: Coerced): Layout {
    issues.push(...coerced.issues);
    warnings.push(...coerced.warnings);
    tree = merge(tree, coerced.tree) as { [key: string]: Tree };
    holdsOff ||= coerced.holdsOff;
    return coerced.layout;
  }

  const flags = options.argv === undefined ? undefined : readFlags(options.argv, schema, options);
  const file = fileOf(options, flags?.file, maxBytes);
  if (file !== undefined) {
    sources.push({ kind: 'file', ...file, layout: applyFile(file) });
  }
  if (options.env !== undefined && envPrefix !== undefined) {
    const environment = readEnv(options.env, schema, envPrefix);
    if (hasContent(environment.node)) sources.push({ kind: 'environment' });
    const before = issues.length;
    applySource(environment.node, 'environment');
    const found = issues.splice(before);
    issues.push(...environment.issues);
    for (const issue of found) {
      issues.push({ ...issue, source: environment.variableOf(issue.path) ?? issue.source });
    }
  }
  if (flags !== undefined) {
    issues.push(...flags.issues);
    if (hasContent(flags.node)) sources.push({ kind: 'flags' });
    applySource(flags.node, 'flags');
  }
  const about = { sources, warnings, rest: flags?.rest ?? [] };
  return Object.assign(finished({ tree, holdsOff, issues }, schema), about);
}

function fileOf(
  options: LoadOptions,
  flag: string | undefined,
  maxBytes: number,
): { name: string; format: Format; text: string } | undefined {
  const path = flag ?? options.file;
  if (path !== undefined) return { name: path, ...readFile(path, maxBytes) };
  if (options.text === undefined) return undefined;
  const { format, text, name = `configuration.${format}` } = options.text;
  return { name, format, text: checkedText(text, name, maxBytes) };
}

function hasContent(node: SourceNode): boolean {
  return node.kind === 'map' && node.entries.length > 0;
}
