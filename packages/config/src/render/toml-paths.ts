import type { Path } from '../coerce/layout.js';
import type { TomlTable } from '../read/toml-syntax.js';

/** A key of the tables so far; `count` is the number of tables of a `[[…]]`. */
interface KeyNode {
  count?: number;
  members: Map<string, KeyNode>;
}

/** Returns the path of each table of a text, with the indexes of `[[…]]` tables. */
export function tomlPaths(tables: readonly TomlTable[]): Path[] {
  const root: KeyNode = { members: new Map() };
  return tables.map(({ header }) => {
    const path: (string | number)[] = [];
    let node = root;
    for (const [at, { name }] of header?.keys.entries() ?? []) {
      const found: KeyNode = node.members.get(name) ?? { members: new Map() };
      node.members.set(name, found);
      if (header?.isArray && at === header.keys.length - 1) {
        found.count = (found.count ?? 0) + 1;
        found.members = new Map();
      }
      path.push(name);
      if (found.count !== undefined) path.push(found.count - 1);
      node = found;
    }
    return path;
  });
}
