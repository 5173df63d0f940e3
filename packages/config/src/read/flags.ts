import type { SchemaNode } from '@candor/schema';
import type { ConfigIssue } from '../config-error.js';
import { isList, isObject, isSection, lookup, placeAt } from '../lookup.js';
import type { SourceNode } from '../source-node.js';
import { keysOf, treeOf } from './flat.js';

/** What the arguments hold. */
export interface Flags {
  readonly node: SourceNode;
  /** Value of the flag that names the file, when it is there. */
  readonly file: string | undefined;
  /** Arguments from the first one that is no flag on, without a `--` before them. */
  readonly rest: readonly string[];
  readonly issues: readonly ConfigIssue[];
}

/** How flags are read. */
export interface FlagOptions {
  /** The flag that names the file. */
  readonly fileFlag?: string | undefined;
  /** A flag that leads through a map into a section takes no separate value. */
  readonly bareFlagsInMaps?: boolean | undefined;
}

/**
 * Reads `--a.b=value`, `--a.b value`, `-a.b` and `--a.list[0].b`.
 *
 * Booleans and sections take no separate value: alone they are `true`. A flag that is there twice adds to
 * a list, and wins otherwise. The first argument that is no flag ends them, as `--` does.
 */
export function readFlags(argv: readonly string[], place: SchemaNode, options: FlagOptions = {}): Flags {
  const { fileFlag, bareFlagsInMaps } = options;
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
    const target = placeAt(place, keys);
    let value = match[2];
    const isBare = !isFile && target !== undefined && standsAlone(target);
    if (value === undefined && (isBare || (bareFlagsInMaps === true && leadsThroughMap(place, keys))))
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

/** Whether keys lead through a map into a section and on, past no list. */
function leadsThroughMap(root: SchemaNode, keys: readonly string[]): boolean {
  let place = root;
  let isInMap = false;
  let isFound = false;
  for (const key of keys) {
    const found = lookup(place, key);
    if (found === undefined) return isFound;
    if (isList(found.place)) return false;
    place = found.place;
    isInMap ||= !found.isProperty;
    isFound ||= isInMap && standsAlone(place);
  }
  return isFound;
}

function standsAlone(place: SchemaNode): boolean {
  if (place.keywords['bareFlag'] === false) return false;
  return place.kinds.includes('boolean') || isSection(place);
}
