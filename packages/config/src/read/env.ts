import type { SchemaNode } from '@candor/schema';
import type { ConfigIssue } from '../config-error.js';
import type { SourceNode } from '../source-node.js';
import { keysOf, treeOf } from './flat.js';

/** What the environment holds. */
export interface Environment {
  readonly node: SourceNode;
  readonly issues: readonly ConfigIssue[];
}

/**
 * Reads `PREFIX_A_B=value`. Names are in upper case, so keys of maps come out in lower case, and a number
 * counts the members of a list (`PREFIX_LIST_0_NAME`, or `PREFIX_LIST[0]_NAME` as in a flag). A variable that does
 * not begin like a top-level section is not for the configuration, and is left alone.
 */
export function readEnv(
  env: Readonly<Record<string, string | undefined>>,
  place: SchemaNode,
  prefix: string,
): Environment {
  const issues: ConfigIssue[] = [];
  const values = new Map<readonly string[], string>();
  const starts = [...place.properties.keys()].map((key) => prefix + key.toUpperCase());
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || !starts.some((start) => name.startsWith(start))) continue;
    const written = name.slice(prefix.length).toLowerCase().replaceAll('_', '.');
    const keys = keysOf(written);
    if (keys === undefined) {
      const message = 'the name has an empty part, a misplaced bracket, or too many parts';
      issues.push({ path: written.split('.'), message, source: 'environment' });
    } else {
      values.set(keys, value);
    }
  }
  return { node: treeOf(values), issues };
}
