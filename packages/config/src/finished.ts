import type { Json, SchemaNode } from '@candor/schema';
import type { Coerced } from './coerce/coerce.js';
import { withoutOff } from './coerce/tree.js';
import { ConfigError } from './config-error.js';
import { withDefaults } from './defaults.js';

/**
 * Returns a configuration as written, and as it takes effect; the latter is computed on first use, which a preview
 * never needs. Throws a `ConfigError` if there are issues.
 */
export function finished(
  { tree, holdsOff, issues }: Pick<Coerced, 'tree' | 'holdsOff' | 'issues'>,
  schema: SchemaNode,
): { readonly written: { [key: string]: Json }; readonly effective: { [key: string]: Json } } {
  if (issues.length > 0) throw new ConfigError('ERR_CONFIG_INVALID', issues);
  // Few sources switch a section off.
  const written = (holdsOff ? withoutOff(tree) : tree) as { [key: string]: Json };
  let effective: { [key: string]: Json } | undefined;
  return {
    written,
    get effective(): { [key: string]: Json } {
      return (effective ??= withDefaults(written, schema) as { [key: string]: Json });
    },
  };
}
