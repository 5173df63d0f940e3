import type { SchemaNode } from '@candor/schema';
import type { ConfigIssue } from '../config-error.js';
import type { Dialect } from '../dialect.js';
import { isList, isObject, isSection, lookup, schemaAt } from '../coerce/lookup.js';
import type { SourceNode } from '../source-node.js';
import { keysOf, treeOf } from './flat.js';

/** The configuration in the arguments. */
export interface Flags {
  readonly node: SourceNode;
  /** The value of the flag that names the file, if it is given. */
  readonly file: string | undefined;
  /** Arguments from the first one that is not a flag, without a `--` before them. */
  readonly rest: readonly string[];
  readonly issues: readonly ConfigIssue[];
}

/** How flags are read. */
export interface FlagOptions {
  /** The flag that names the file. */
  readonly fileFlag?: string | undefined;
  readonly dialect?: Dialect | undefined;
}

/**
 * Reads `--a.b=value`, `--a.b value`, `-a.b` and `--a.list[0].b`.
 *
 * Booleans and sections take no separate value: alone they are `true`. A repeated flag adds to a list; otherwise the
 * last one wins. The first argument that is not a flag ends the flags, as `--` does.
 */
export function readFlags(argv: readonly string[], schema: SchemaNode, options: FlagOptions = {}): Flags {
  const { fileFlag, dialect = {} } = options;
  const issues: ConfigIssue[] = [];
  const values = new Map<string, { keys: readonly string[]; value: string }>();
  const complain = (path: readonly string[], message: string): void => {
    issues.push({ path, message, source: 'flags' });
  };
  let file: string | undefined;
  let at = 0;
  while (at < argv.length) {
    const argument = argv[at] ?? '';
    if (argument.length < 2 || !argument.startsWith('-')) break;
    at += 1;
    if (argument === '--') break;
    const match = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(argument);
    const name = match?.[1] ?? '';
    const keys = keysOf(name);
    if (match === null || keys === undefined) {
      complain([], `argument ${at} is not written as --name, --name=value or --name value`);
      continue;
    }
    const isFile = fileFlag !== undefined && name.toLowerCase() === fileFlag.toLowerCase();
    const target = schemaAt(schema, keys);
    let value = match[2];
    const isBare = !isFile && target !== undefined && standsAlone(target);
    if (
      value === undefined &&
      (isBare || (dialect.bareFlagsInMaps === true && leadsThroughMap(schema, keys)))
    )
      value = 'true';
    if (value === undefined && at < argv.length) value = argv[at++];
    if (value === undefined && (isFile || target !== undefined)) {
      complain(keys, 'this flag needs a value');
      continue;
    }
    if (isFile) {
      file = value;
      continue;
    }
    const neutral = name.toLowerCase();
    const before = values.get(neutral);
    const joins = before !== undefined && target !== undefined && isList(target) && !isObject(target);
    values.set(neutral, {
      keys: before?.keys ?? keys,
      value: joins ? `${before.value},${value ?? ''}` : (value ?? ''),
    });
  }
  const tree = treeOf(new Map([...values.values()].map(({ keys, value }) => [keys, value])));
  return { node: tree, file, rest: argv.slice(at), issues };
}

/** Returns true if keys lead through a map into a section and on, without a list between. */
function leadsThroughMap(root: SchemaNode, keys: readonly string[]): boolean {
  let schema = root;
  let isInMap = false;
  let isFound = false;
  for (const key of keys) {
    const found = lookup(schema, key);
    if (found === undefined) return isFound;
    if (isList(found.schema)) return false;
    schema = found.schema;
    isInMap ||= !found.isProperty;
    isFound ||= isInMap && standsAlone(schema);
  }
  return isFound;
}

function standsAlone(schema: SchemaNode): boolean {
  if (schema.keywords.bareFlag === false) return false;
  return schema.kinds.includes('boolean') || isSection(schema);
}
