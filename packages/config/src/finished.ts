import type { Json, SchemaNode } from '@candor/schema';
import { type Tree, resolved } from './coerce/tree.js';
import { ConfigError, type ConfigIssue } from './config-error.js';
import { withDefaults } from './defaults.js';

/** A configuration as written and as it takes effect. Throws a `ConfigError` where something is wrong. */
export function finished(
  tree: Tree,
  schema: SchemaNode,
  issues: readonly ConfigIssue[],
): { written: { [key: string]: Json }; effective: { [key: string]: Json } } {
  if (issues.length > 0) throw new ConfigError('ERR_CONFIG_INVALID', issues);
  const written = resolved(tree) as { [key: string]: Json };
  return { written, effective: withDefaults(written, schema) as { [key: string]: Json } };
}
