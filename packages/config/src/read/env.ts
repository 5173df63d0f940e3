import type { SchemaNode } from '@candor/schema';
import type { ConfigIssue } from '../config-error.js';
import type { SourceNode } from '../source-node.js';
import { keysOf, treeOf } from './flat.js';

/** The configuration in the environment. */
export interface Environment {
  readonly node: SourceNode;
  /** Returns the variable that set a path; undefined if several did. */
  variableOf(path: readonly (string | number)[]): string | undefined;
  readonly issues: readonly ConfigIssue[];
}

/**
 * Reads `PREFIX_A_B=value`. Names are in upper case, so keys of maps come out in lower case, and a number is the index
 * in a list (`PREFIX_LIST_0_NAME`, or `PREFIX_LIST[0]_NAME` as in a flag). A variable that does not begin with a
 * top-level section is ignored.
 */
export function readEnv(
  env: Readonly<Record<string, string | undefined>>,
  schema: SchemaNode,
  prefix: string,
): Environment {
  const issues: ConfigIssue[] = [];
  const values = new Map<readonly string[], string>();
  const names = new Map<string, string>();
  const starts = [...schema.properties.keys()].map((key) => prefix + key.toUpperCase());
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || !starts.some((start) => name.startsWith(start))) continue;
    const written = name.slice(prefix.length).toLowerCase().replaceAll('_', '.');
    const keys = keysOf(written);
    if (keys === undefined) {
      const message = 'the name has an empty part, a misplaced bracket, or too many parts';
      issues.push({ path: [], message, source: name });
    } else {
      values.set(keys, value);
      names.set(keys.join('.'), name);
    }
  }
  return { node: treeOf(values), issues, variableOf: (path) => variableOf(names, path) };
}

function variableOf(
  names: ReadonlyMap<string, string>,
  path: readonly (string | number)[],
): string | undefined {
  const wanted = path.join('.').toLowerCase();
  const found = [...names].filter(
    ([keys]) => keys === wanted || wanted.startsWith(`${keys}.`) || keys.startsWith(`${wanted}.`),
  );
  return found.length === 1 ? found[0]?.[1] : undefined;
}
