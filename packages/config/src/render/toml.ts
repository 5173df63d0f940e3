import { parseTOML } from 'toml-eslint-parser';
import type { AST } from 'toml-eslint-parser';
import type { Layout, Path } from '../fit.js';
import { dataOf } from './remarks.js';
import type { Shown } from './remarks.js';
import { spelledPlace } from './spelled.js';
import type { SpelledPlace } from './spelled.js';
import { tomlKey, tomlValue } from './toml-value.js';

/**
 * Shows a TOML text with its own tables, spelling, order, indentation and blank lines, without comments.
 * Undefined when a table is shown as a single value, which cannot stand where the table stood.
 */
export function renderToml(text: string, layout: Layout, root: Shown): string | undefined {
  let output = '';
  let end = 0;
  let blank = 0;
  let isPossible = true;

  /** The blank lines between the end of the last statement and this one. */
  function blankLines(gap: string): number {
    const between = gap.split('\n').slice(1, -1);
    const blank = between.filter((line) => line.trim() === '').length;
    return blank === between.length ? blank : Math.min(blank, 1);
  }

  function put(node: AST.TOMLNode, statement: string | undefined, after: number): void {
    const gap = text.slice(end, node.range[0]);
    blank = Math.max(blank, blankLines(gap));
    if (statement !== undefined) {
      const indentation = gap.slice(gap.lastIndexOf('\n') + 1).replaceAll(/[^ \t]/g, '');
      output += (output === '' ? '' : '\n'.repeat(blank)) + indentation + statement + '\n';
      blank = 0;
    }
    end = after;
  }

  function header(table: AST.TOMLTable): string | undefined {
    const path = table.resolvedKey;
    for (const at of path.keys())
      if (isValue(spelledPlace(path.slice(0, at + 1), layout, root))) isPossible = false;
    if (spelledPlace(path, layout, root) === undefined) return undefined;
    const keys = keyText(table.key, [], path);
    return table.kind === 'array' ? `[[${keys}]]` : `[${keys}]`;
  }

  function assignment(node: AST.TOMLKeyValue, table: Path): string | undefined {
    const path = [...table, ...node.key.keys.map(nameOf)];
    const value = content(node.value, path);
    if (value === undefined) return undefined;
    const sign = text.slice(node.key.range[1], node.value.range[0]);
    return keyText(node.key, table, path) + sign + value;
  }

  /** The keys of a header or an assignment; `path` may have the indexes of arrays of tables between them. */
  function keyText(key: AST.TOMLKey, table: Path, path: Path): string {
    let at = table.length;
    const texts = key.keys.map((part) => {
      while (path[at] !== nameOf(part)) at += 1;
      at += 1;
      const renamed = spelledPlace(path.slice(0, at), layout, root)?.key;
      return renamed === undefined ? text.slice(...part.range) : tomlKey(renamed);
    });
    return texts.join('.');
  }

  function content(node: AST.TOMLContentNode, path: Path): string | undefined {
    const shown = spelledPlace(path, layout, root)?.shown;
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

  for (const node of parseTOML(text, { tomlVersion: '1.0.0' }).body[0].body) {
    if (node.type === 'TOMLKeyValue') {
      put(node, assignment(node, []), node.range[1]);
      continue;
    }
    const bracket = text.indexOf(']', node.key.range[1]);
    put(node, header(node), bracket + (node.kind === 'array' ? 2 : 1));
    for (const member of node.body) put(member, assignment(member, node.resolvedKey), member.range[1]);
  }
  return isPossible ? output : undefined;
}

function nameOf(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}

/** True for a table that is shown as a single value. */
function isValue(place: SpelledPlace | undefined): boolean {
  if (place === undefined || place.shown.members.size > 0 || place.shown.value === undefined) return false;
  const { value } = place.shown;
  return typeof value !== 'object' || value === null || Array.isArray(value);
}
