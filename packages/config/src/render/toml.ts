import type { Json } from '@candor/schema';
import type { Layout, Path } from '../coerce/layout.js';
import { positions } from '../read/positions.js';
import {
  readTomlSyntax,
  type Span,
  type TomlContent,
  type TomlKey,
  type TomlPair,
  type TomlTable,
} from '../read/toml-syntax.js';
import { dataOf } from './remarks.js';
import type { Shown } from './remarks.js';
import { spelledNode } from './spelled.js';
import type { SpelledNode } from './spelled.js';
import { tomlPaths } from './toml-paths.js';
import { tomlKey, tomlValue } from './toml-value.js';

/**
 * Returns a TOML text with its own tables, spelling, order, indentation and blank lines, without comments. A table that
 * is shown as a single value becomes a key of its parent table. Returns undefined if the text does not open that
 * parent.
 */
export function renderToml(text: string, layout: Layout, root: Shown): string | undefined {
  let output = '';
  let end = 0;
  let blank = 0;
  let isPossible = true;
  /** The table that is open now. */
  let open: Path = [];
  const tables = readTomlSyntax(text);
  const paths = tomlPaths(tables);
  const positionOf = positions(text);
  /** Every table that the text opens; computed on first use, since few files have tables shown as a value. */
  let opened: Set<string> | undefined;
  /** Tables shown as a value, which the tables inside them must not repeat. */
  const collapsed = new Set<string>();

  /** Returns the blank lines between the end of the last statement and this one. */
  function blankLines(gap: string): number {
    const between = gap.split('\n').slice(1, -1);
    const blank = between.filter((line) => line.trim() === '').length;
    return blank === between.length ? blank : Math.min(blank, 1);
  }

  function nodeAt(path: Path): SpelledNode | undefined {
    return spelledNode(path, layout, root);
  }

  function valueOf(path: Path): Json {
    return nodeAt(path)?.shown.value ?? null;
  }

  function put(node: Span, statements: readonly string[]): void {
    const gap = text.slice(end, node.start);
    blank = Math.max(blank, blankLines(gap));
    if (statements.length > 0) {
      const indentation = gap.slice(gap.lastIndexOf('\n') + 1).replaceAll(/[^ \t]/g, '');
      output += output === '' ? '' : '\n'.repeat(blank);
      output += statements.map((statement) => `${indentation}${statement}\n`).join('');
      blank = 0;
    }
    end = node.end;
  }

  function header(header: Header, path: Path): readonly string[] {
    const depth = path.findIndex((_, at) => isValue(nodeAt(path.slice(0, at + 1))));
    if (depth !== -1) return collapse(header, path.slice(0, depth + 1));
    if (nodeAt(path) === undefined) return [];
    open = path;
    const keys = keyText(header.keys, [], path);
    return [header.isArray ? `[[${keys}]]` : `[${keys}]`];
  }

  /** Returns a table as a key of its parent, under the parent's header if it is not open. */
  function collapse({ keys, isArray }: Header, path: Path): readonly string[] {
    if (collapsed.has(textOf(path))) return [];
    collapsed.add(textOf(path));
    opened ??= new Set(tables.flatMap((table, at) => opening(table, paths[at]!)).map(textOf));
    const around = path.slice(0, -1);
    const isOpen = textOf(open) === textOf(around);
    const canOpen = around.length > 0 && !path.some(Number.isInteger) && !opened.has(textOf(around));
    isPossible &&= !isArray && (isOpen || canOpen);
    if (!isPossible) return [];
    const names = path.filter((key) => typeof key === 'string').length;
    const key = keyText(keys.slice(names - 1, names), around, path);
    const statement = `${key} = ${tomlValue(valueOf(path))}`;
    if (isOpen) return [statement];
    open = around;
    opened.add(textOf(around));
    return [`[${keyText(keys.slice(0, names - 1), [], around)}]`, statement];
  }

  function assignment({ keys, value: written }: TomlPair, table: Path): string | undefined {
    const path = [...table, ...keys.map(({ name }) => name)];
    const sign = text.slice(keys.at(-1)!.end, written.start);
    const depth = keys.slice(1).findIndex((_, at) => isValue(nodeAt(path.slice(0, table.length + at + 1))));
    if (depth !== -1) {
      const inside = path.slice(0, table.length + depth + 1);
      if (collapsed.has(textOf(inside))) return undefined;
      collapsed.add(textOf(inside));
      return keyText(keys.slice(0, depth + 1), table, inside) + sign + tomlValue(valueOf(inside));
    }
    const value = content(written, path);
    return value === undefined ? undefined : keyText(keys, table, path) + sign + value;
  }

  /** Returns the keys of a header or an assignment; `path` may contain indexes of arrays of tables. */
  function keyText(parts: readonly TomlKey[], table: Path, path: Path): string {
    let at = table.length;
    const texts = parts.map(({ name, start, end }) => {
      while (path[at] !== name) at += 1;
      at += 1;
      const renamed = nodeAt(path.slice(0, at))?.key;
      return renamed === undefined ? text.slice(start, end) : tomlKey(renamed);
    });
    return texts.join('.');
  }

  function content(node: TomlContent, path: Path): string | undefined {
    const shown = nodeAt(path)?.shown;
    if (shown === undefined) return undefined;
    if (shown.members.size === 0 && shown.value !== undefined) return tomlValue(shown.value);
    if (node.kind === 'table') {
      const members = node.pairs.flatMap((member) => assignment(member, path) ?? []);
      return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
    }
    if (node.kind === 'list') return list(node, node.items, path);
    return tomlValue(dataOf(shown, shown.members.has(0) ? [] : {}));
  }

  function list({ start, end: after }: Span, elements: readonly TomlContent[], path: Path): string {
    const items = elements.map((element, index) => ({ element, shown: content(element, [...path, index]) }));
    const kept = items.filter(({ shown }) => shown !== undefined);
    const isLong = text.slice(start, elements.at(-1)?.start).includes('\n');
    if (!isLong || kept.length === 0) return `[${kept.map(({ shown }) => shown).join(', ')}]`;
    const indentation = (offset: number): string => ' '.repeat(positionOf(offset).column - 1);
    const lines = kept.map(({ element, shown }) => `${indentation(element.start)}${shown},`);
    return ['[', ...lines, `${indentation(after - 1)}]`].join('\n');
  }

  for (const [at, table] of tables.entries()) {
    const path = paths[at]!;
    if (table.header !== undefined) put(table.header, header(table.header, path));
    for (const pair of table.pairs) {
      const statement = assignment(pair, path);
      const span = { start: pair.keys[0]!.start, end: pair.value.end };
      put(span, statement === undefined ? [] : [statement]);
    }
  }
  return isPossible ? output : undefined;
}

type Header = NonNullable<TomlTable['header']>;

/** Returns the paths of the tables that a table opens: by its header, and by the dots in its keys. */
function opening({ pairs }: TomlTable, path: Path): Path[] {
  const dotted = pairs.flatMap(({ keys }) =>
    keys.slice(0, -1).map((_, at): Path => [...path, ...keys.slice(0, at + 1).map(({ name }) => name)]),
  );
  return [path, ...dotted];
}

function textOf(path: Path): string {
  return JSON.stringify(path);
}

/** Returns true for a table that is shown as a single value. */
function isValue(node: SpelledNode | undefined): boolean {
  if (node === undefined || node.shown.members.size > 0 || node.shown.value === undefined) return false;
  const { value } = node.shown;
  return typeof value !== 'object' || value === null || Array.isArray(value);
}
