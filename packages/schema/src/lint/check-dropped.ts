import { formatPath } from '../path.js';
import type { SchemaNode } from '../schema-node.js';
import { toJsonSchema, type SchemaSource } from '../schema-source.js';
import { fieldTree } from '../tree/field-tree.js';
import { arktypeTags } from './arktype-tags.js';
import { reporter, type Context, type Path } from './reporter.js';
import { walk } from './walk.js';

/** Reports tags that are in the schema of the unparsed value and missing in that of the parsed one. */
export function checkDropped(source: SchemaSource, root: SchemaNode, context: Context): void {
  if (context.vendor === undefined) return;
  const parsed = tagsByPath(root);
  const unparsed = [...tagsByPath(fieldTree(toJsonSchema(source, 'input'))).values()];
  const own = context.vendor === 'arktype' ? arktypeTags(source) : [];
  for (const segments of [...unparsed, ...own]) {
    if (parsed.has(formatPath(segments))) continue;
    const what = 'is tagged before a conversion, and the library drops the tag; tag what comes after it';
    reporter(segments, context)('@candor/dropped-tag', 'error', what);
  }
}

function tagsByPath(root: SchemaNode): Map<string, Path> {
  const paths = new Map<string, Path>();
  walk(root, (node, path) => {
    if (node.exports.length > 0) paths.set(formatPath(path), path);
  });
  return paths;
}
