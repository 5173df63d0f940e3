import { parseTOML } from 'toml-eslint-parser';
import type { AST } from 'toml-eslint-parser';
import type { Json } from '@candor/schema';
import type { Layout, Path } from '../coerce/layout.js';
import { dataOf } from './remarks.js';
import type { Shown } from './remarks.js';
import { spelledPlace } from './spelled.js';
import type { SpelledPlace } from './spelled.js';
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
  const tables = parseTOML(text, { tomlVersion: '1.1.0' }).body[0].body;
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

  function placeOf(path: Path): SpelledPlace | undefined {
    return spelledPlace(path, layout, root);
  }

  function valueOf(path: Path): Json {
    return placeOf(path)?.shown.value ?? null;
  }

  function put(node: AST.TOMLNode, statements: readonly string[], after: number): void {
    const gap = text.slice(end, node.range[0]);
    blank = Math.max(blank, blankLines(gap));
    if (statements.length > 0) {
      const indentation = gap.slice(gap.lastIndexOf('\n') + 1).replaceAll(/[^ \t]/g, '');
      output += output === '' ? '' : '\n'.repeat(blank);
      output += statements.map((statement) => `${indentation}${statement}\n`).join('');
      blank = 0;
    }
    end = after;
  }

  function header(table: AST.TOMLTable): readonly string[] {
    const path = table.resolvedKey;
    const depth = path.findIndex((_, at) => isValue(placeOf(path.slice(0, at + 1))));
    if (depth !== -1) return collapse(table, path.slice(0, depth + 1));
    if (placeOf(path) === undefined) return [];
    open = path;
    const keys = keyText(table.key.keys, [], path);
    return [table.kind === 'array' ? `[[${keys}]]` : `[${keys}]`];
  }

  /** Returns a table as a key of its parent, under the parent's header if it is not open. */
  function collapse({ key: { keys }, kind }: AST.TOMLTable, path: Path): readonly string[] {
    if (collapsed.has(textOf(path))) return [];
    collapsed.add(textOf(path));
    opened ??= new Set(tables.flatMap(opening).map(textOf));
    const around = path.slice(0, -1);
    const isOpen = textOf(open) === textOf(around);
    const canOpen = around.length > 0 && !path.some(Number.isInteger) && !opened.has(textOf(around));
    isPossible &&= kind === 'standard' && (isOpen || canOpen);
    if (!isPossible) return [];
    const names = path.filter((key) => typeof key === 'string').length;
    const key = keyText(keys.slice(names - 1, names), around, path);
    const statement = `${key} = ${tomlValue(valueOf(path))}`;
    if (isOpen) return [statement];
    open = around;
    opened.add(textOf(around));
    return [`[${keyText(keys.slice(0, names - 1), [], around)}]`, statement];
  }

  function assignment(node: AST.TOMLKeyValue, table: Path): string | undefined {
    const { keys } = node.key;
    const path = [...table, ...keys.map(nameOf)];
    const sign = text.slice(node.key.range[1], node.value.range[0]);
    const depth = keys.slice(1).findIndex((_, at) => isValue(placeOf(path.slice(0, table.length + at + 1))));
    if (depth !== -1) {
      const inside = path.slice(0, table.length + depth + 1);
      if (collapsed.has(textOf(inside))) return undefined;
      collapsed.add(textOf(inside));
      return keyText(keys.slice(0, depth + 1), table, inside) + sign + tomlValue(valueOf(inside));
    }
    const value = content(node.value, path);
    return value === undefined ? undefined : keyText(keys, table, path) + sign + value;
  }

  /** Returns the keys of a header or an assignment; `path` may contain indexes of arrays of tables. */
  function keyText(parts: AST.TOMLKey['keys'], table: Path, path: Path): string {
    let at = table.length;
    const texts = parts.map((part) => {
      while (path[at] !== nameOf(part)) at += 1;
      at += 1;
      const renamed = placeOf(path.slice(0, at))?.key;
      return renamed === undefined ? text.slice(...part.range) : tomlKey(renamed);
    });
    return texts.join('.');
  }

  function content(node: AST.TOMLContentNode, path: Path): string | undefined {
    const shown = placeOf(path)?.shown;
    if (shown === undefined) return undefined;
    if (shown.members.size === 0 && shown.value !== undefined) return tomlValue(shown.value);
    if (node.type === 'TOMLInlineTable') {
      const members = node.body.flatMap((member) => assignment(member, path) ?? []);
      return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
    }
    if (node.type === 'TOMLArray') return list(node, path);
    return tomlValue(dataOf(shown, shown.members.has(0) ? [] : {}));
  }

  function list(node: AST.TOMLArray, path: Path): string {
    const items = node.elements.map((element, index) => ({
      element,
      shown: content(element, [...path, index]),
    }));
    const kept = items.filter(({ shown }) => shown !== undefined);
    const isLong = node.elements.some(({ loc }) => loc.start.line > node.loc.start.line);
    if (!isLong || kept.length === 0) return `[${kept.map(({ shown }) => shown).join(', ')}]`;
    const indentation = (column: number): string => ' '.repeat(column);
    const lines = kept.map(({ element, shown }) => `${indentation(element.loc.start.column)}${shown},`);
    return ['[', ...lines, `${indentation(Math.max(node.loc.end.column - 1, 0))}]`].join('\n');
  }

  function putAssignment(node: AST.TOMLKeyValue, table: Path): void {
    const statement = assignment(node, table);
    put(node, statement === undefined ? [] : [statement], node.range[1]);
  }

  for (const node of tables) {
    if (node.type === 'TOMLKeyValue') {
      putAssignment(node, []);
      continue;
    }
    const bracket = text.indexOf(']', node.key.range[1]);
    put(node, header(node), bracket + (node.kind === 'array' ? 2 : 1));
    for (const member of node.body) putAssignment(member, node.resolvedKey);
  }
  return isPossible ? output : undefined;
}

/** Returns the tables that a statement opens: by its header, and by the dots in its keys. */
function opening(node: AST.TOMLTable | AST.TOMLKeyValue): Path[] {
  const table = node.type === 'TOMLTable' ? node.resolvedKey : [];
  const assignments = node.type === 'TOMLTable' ? node.body : [node];
  const dotted = assignments.flatMap(({ key: { keys } }) =>
    keys.slice(0, -1).map((_, at): Path => [...table, ...keys.slice(0, at + 1).map(nameOf)]),
  );
  return [table, ...dotted];
}

function textOf(path: Path): string {
  return JSON.stringify(path);
}

function nameOf(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}

/** Returns true for a table that is shown as a single value. */
function isValue(place: SpelledPlace | undefined): boolean {
  if (place === undefined || place.shown.members.size > 0 || place.shown.value === undefined) return false;
  const { value } = place.shown;
  return typeof value !== 'object' || value === null || Array.isArray(value);
}
