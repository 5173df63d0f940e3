import type { SchemaNode } from '@candor/schema';
import type { ConfigIssue } from '../config-error.js';
import type { SourceNode } from '../source-node.js';
import type { Coercion } from './coerce.js';
import type { Path } from './layout.js';
import type { Tree } from './tree.js';

/** Reads by the first alternative that takes the value; else complains of what is wrong with the closest one. */
export function readUnion(
  coercion: Coercion,
  node: SourceNode,
  schema: SchemaNode,
  path: Path,
): Tree | undefined {
  const { issues } = coercion;
  const before = issues.length;
  let closest: ConfigIssue[] | undefined;
  for (const alternative of schema.anyOf) {
    const tree = coercion.read(node, alternative, path);
    const found = issues.splice(before);
    if (found.length === 0) return tree;
    if (closest === undefined || isCloser(found, closest)) closest = found;
  }
  issues.push(...(closest ?? []));
  return undefined;
}

/** Returns true if issues are fewer or deeper down, so that their alternative is nearer to what was meant. */
function isCloser(found: readonly ConfigIssue[], than: readonly ConfigIssue[]): boolean {
  const depth = (issues: readonly ConfigIssue[]): number =>
    Math.max(...issues.map(({ path }) => path.length));
  return depth(found) === depth(than) ? found.length < than.length : depth(found) > depth(than);
}
