import type { SchemaNode } from '@candor/schema';
import type { ConfigIssue } from '../config-error.js';
import type { SourceNode } from '../source-node.js';
import type { Coercion, UnionResult } from './coercion.js';
import type { Spelling } from './layout.js';
import type { Tree } from './tree.js';

/** Reads a value by the first alternative that accepts it; else adds the issues of the closest one. */
export function readUnion(
  coercion: Coercion,
  node: SourceNode,
  schema: SchemaNode,
  at: Spelling | undefined,
): Tree | undefined {
  // Without this cache a nested union would be read once for each combination of the alternatives above it.
  let results = coercion.unions.get(node);
  if (results === undefined) coercion.unions.set(node, (results = new Map()));
  let result = results.get(schema);
  if (result === undefined) results.set(schema, (result = tryAlternatives(coercion, node, schema, at)));
  coercion.repeat(result.issues);
  return result.tree;
}

function tryAlternatives(
  coercion: Coercion,
  node: SourceNode,
  schema: SchemaNode,
  at: Spelling | undefined,
): UnionResult {
  const { issues } = coercion;
  // Each alternative starts with no issues, since none are added beyond the limit.
  const before = issues.splice(0);
  let result: UnionResult | undefined;
  for (const alternative of schema.anyOf) {
    const tree = coercion.read(node, alternative, at);
    const found = issues.splice(0);
    if (found.length === 0) {
      result = { tree, issues: found };
      break;
    }
    if (result === undefined || isCloser(found, result.issues)) result = { tree: undefined, issues: found };
  }
  issues.push(...before);
  return result ?? { tree: undefined, issues: [] };
}

/** Returns true if the issues are fewer or deeper, so that their alternative is closer to what was meant. */
function isCloser(found: readonly ConfigIssue[], than: readonly ConfigIssue[]): boolean {
  const depth = (issues: readonly ConfigIssue[]): number =>
    Math.max(...issues.map(({ path }) => path.length));
  return depth(found) === depth(than) ? found.length < than.length : depth(found) > depth(than);
}
