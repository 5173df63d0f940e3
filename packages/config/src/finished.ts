import type { Json, SchemaNode } from '@candor/schema';
import type { Coerced } from './coerce/coerce.js';
import { withoutOff } from './coerce/tree.js';
import { ConfigError } from './config-error.js';
import { withDefaults } from './defaults.js';

/** A configuration as written and as it takes effect. Throws a `ConfigError` where something is wrong. */
export function finished(
  { tree, holdsOff, issues }: Pick<Coerced, 'tree' | 'holdsOff' | 'issues'>,
  schema: SchemaNode,
): { written: { [key: string]: Json }; effective: { [key: string]: Json } } {
  if (issues.length > 0) throw new ConfigError('ERR_CONFIG_INVALID', issues);
  // Few sources switch a section off.
  const written = (holdsOff ? withoutOff(tree) : tree) as { [key: string]: Json };
  return { written, effective: withDefaults(written, schema) as { [key: string]: Json } };
}
