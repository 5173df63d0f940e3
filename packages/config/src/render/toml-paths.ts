import type { Path } from '../coerce/layout.js';
import type { TomlTable } from '../read/toml-syntax.js';

/** A key of the tables so far; `count` is the number of tables of a `[[…]]`. */
interface Place {
  count?: number;
  members: Map<string, Place>;
}

/** Returns the path of each table of a text, with the indexes of `[[…]]` tables. */
export function tomlPaths(tables: readonly TomlTable[]): Path[] {
  const root: Place = { members: new Map() };
  return tables.map(({ header }) => {
    const path: (string | number)[] = [];
    let place = root;
    for (const [at, { name }] of header?.keys.entries() ?? []) {
      const found: Place = place.members.get(name) ?? { members: new Map() };
      place.members.set(name, found);
      if (header?.isArray && at === header.keys.length - 1) {
        found.count = (found.count ?? 0) + 1;
        found.members = new Map();
      }
      path.push(name);
      if (found.count !== undefined) path.push(found.count - 1);
      place = found;
    }
    return path;
  });
}
