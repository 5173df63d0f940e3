import type { Place } from '@candor/schema';
import type { ConfigIssue } from '../config-error.js';
import { deepest } from '../source-node.js';
import type { SourceNode } from '../source-node.js';
import { treeOf } from './flat.js';

/** What the environment holds. */
export interface Environment {
  readonly node: SourceNode;
  readonly issues: readonly ConfigIssue[];
}

/**
 * Reads `PREFIX_A_B=value`. Names are in upper case, so keys of maps come out in lower case, and a number
 * counts the members of a list (`PREFIX_LIST_0_NAME`). A variable that does not begin like a top-level
 * section is not for the configuration, and is left alone.
 */
export function readEnv(
  env: Readonly<Record<string, string | undefined>>,
  place: Place,
  prefix: string,
): Environment {
  const issues: ConfigIssue[] = [];
  const values = new Map<readonly string[], string>();
  const starts = [...place.properties.keys()].map((key) => prefix + key.toUpperCase());
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || !starts.some((start) => name.startsWith(start))) continue;
    const keys = name.slice(prefix.length).toLowerCase().split('_');
    if (keys.includes('') || keys.length > deepest) {
      issues.push({ path: keys, message: 'the name has an empty part, or too many', source: 'environment' });
    } else {
      values.set(keys, value);
    }
  }
  return { node: treeOf(values), issues };
}
