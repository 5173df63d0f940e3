import { fieldTree } from '@candor/schema';
import type { Json, SchemaNode, SchemaSource } from '@candor/schema';
import { ConfigError } from './config-error.js';
import type { ConfigIssue } from './config-error.js';
import { withDefaults } from './defaults.js';
import { coerce } from './coerce.js';
import type { Coerced, CoerceOptions, Layout } from './coerce.js';
import { readEnv } from './read/env.js';
import { readFile, tooLarge } from './read/file.js';
import { readFlags } from './read/flags.js';
import { readText } from './read/text.js';
import type { Format } from './read/text.js';
import type { SourceNode } from './source-node.js';
import { merge, resolved } from './tree.js';
import type { Tree } from './tree.js';

/** Where a configuration comes from, and how it is read. */
export interface LoadOptions {
  /** A schema of any kind that `@candor/schema` takes, or its field tree. */
  readonly schema: SchemaSource | SchemaNode;
  /** Path of a file, read as its name's end says. */
  readonly file?: string | undefined;
  /** A text in place of a file; `name` is for messages. */
  readonly text?: { readonly format: Format; readonly text: string; readonly name?: string } | undefined;
  /** Arguments without the program's name. */
  readonly argv?: readonly string[] | undefined;
  /** The flag that names the file (`configFile`); it wins over `file`. */
  readonly fileFlag?: string | undefined;
  /**
   * A flag that leads through a map into a section takes no separate value, as in Traefik's loader: it makes
   * `true` of `--entryPoints.web.address :80`. Default: it does take one.
   */
  readonly bareFlagsInMaps?: boolean | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Beginning of the variables' names, such as `TRAEFIK_`; without it the environment is not read. */
  readonly envPrefix?: string | undefined;
  /** A file's unknown top-level keys belong to someone else. Default: they are errors. */
  readonly ignoreUnknownTopLevel?: boolean | undefined;
  /**
   * Values pass through text before they are read, as in Traefik's loader: a float in a file keeps six
   * decimals, items of lists are trimmed and no lists, an empty list or an unknown key with null is the same as
   * none, and `false` does not switch a member of a map off. Default: they do not.
   */
  readonly viaText?: boolean | undefined;
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
  /** The same with the schema's defaults. */
  readonly effective: { [key: string]: Json };
  /** From the weakest to the strongest. */
  readonly sources: readonly LoadedSource[];
  /** Arguments that are no flags. */
  readonly rest: readonly string[];
}

/**
 * Loads a configuration: flags win over environment variables, these over the file.
 * Throws a `ConfigError` with everything that is wrong; it never holds a value.
 */
export function load(options: LoadOptions): Loaded {
  const { envPrefix, maxBytes = 1024 * 1024 } = options;
  const place = fieldTree(options.schema);
  const sources: LoadedSource[] = [];
  const issues: ConfigIssue[] = [];
  let tree: Tree = {};

  function lay(node: SourceNode, source: string, isFile: boolean): Layout {
    const fitted: Coerced = coerce(node, place, fitOptions(options, source, isFile));
    issues.push(...fitted.issues);
    tree = merge(tree, fitted.tree);
    return fitted.layout;
  }

  const flags = options.argv === undefined ? undefined : readFlags(options.argv, place, options);
  const file = fileOf(options, flags?.file, maxBytes);
  if (file !== undefined) {
    const layout = lay(readText(file.format, file.text, file.name), file.name, true);
    sources.push({ kind: 'file', ...file, layout });
  }
  if (options.env !== undefined && envPrefix !== undefined) {
    const environment = readEnv(options.env, place, envPrefix);
    issues.push(...environment.issues);
    if (hasContent(environment.node)) sources.push({ kind: 'environment' });
    lay(environment.node, 'environment', false);
  }
  if (flags !== undefined) {
    issues.push(...flags.issues);
    if (hasContent(flags.node)) sources.push({ kind: 'flags' });
    lay(flags.node, 'flags', false);
  }
  if (issues.length > 0) throw new ConfigError('ERR_CONFIG_INVALID', issues);
  const written = resolved(tree) as { [key: string]: Json };
  const effective = withDefaults(written, place) as { [key: string]: Json };
  return { written, effective, sources, rest: flags?.rest ?? [] };
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
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) {
    throw new ConfigError('ERR_CONFIG_FILE', [
      { path: [], message: tooLarge(bytes, maxBytes), source: name },
    ]);
  }
  return { name, format, text: text.replace(/^\ufeff/, '') };
}

function fitOptions(options: LoadOptions, source: string, isFile: boolean): CoerceOptions {
  return {
    source,
    ignoreUnknownTopLevel: isFile && options.ignoreUnknownTopLevel === true,
    viaText: options.viaText,
  };
}

function hasContent(node: SourceNode): boolean {
  return node.kind === 'map' && node.entries.length > 0;
}
