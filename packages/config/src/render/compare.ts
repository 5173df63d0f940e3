import type { Layout, Path } from '../coerce/layout.js';
import type { Loaded } from '../load.js';
import { readText } from '../read/text.js';
import type { SourceNode } from '../source-node.js';
import { type RenderRemark, type Shown, shownAt, shownTree } from './remarks.js';
import { render } from './render.js';

/** A line of a text beside what is shown of it. */
export interface ComparedLine<Remark> {
  /** Undefined if only the shown text has this line. */
  readonly written: string | undefined;
  /** Undefined if nothing of the line is shown. */
  readonly shown: string | undefined;
  /** The remarks about the values that begin on the line. */
  readonly remarks: readonly Remark[];
}

/**
 * Pairs the lines of a loaded file with those of what `render` shows of it. Returns no line for a configuration that
 * comes from no text, or from more than one source.
 */
export function compare<Remark extends RenderRemark>(
  loaded: Loaded,
  remarks: readonly Remark[],
): ComparedLine<Remark>[] {
  const [source] = loaded.sources;
  if (source?.kind !== 'file' || loaded.sources.length > 1) return [];
  const { format, name, text, layout } = source;
  const shownText = render(loaded, remarks);
  const located = locatedPathsIn(readText(format, text, name), layout, shownTree(remarks));
  const shownLines = linesIn(readText(format, shownText, name));
  const pairs = located.flatMap(({ line, shownPath }): [number, number][] => {
    const shownLine = shownPath === undefined ? undefined : shownLines.get(JSON.stringify(shownPath));
    return line === undefined || shownLine === undefined ? [] : [[line, shownLine]];
  });
  const lines = new Map(located.map(({ path, line }) => [JSON.stringify(path), line]));
  return align(split(text), split(shownText), pairs, byLine(remarks, lines));
}

interface LocatedPath {
  /** In the schema's spelling. */
  readonly path: Path;
  readonly line: number | undefined;
  /** As the shown text spells it; undefined if it is not shown. */
  readonly shownPath: Path | undefined;
}

/** Returns every path of a source that is in the configuration, with its line. */
function locatedPathsIn(root: SourceNode, layout: Layout, shown: Shown): LocatedPath[] {
  const located: LocatedPath[] = [];
  const visit = (node: SourceNode, written: Path, above: Path | undefined): void => {
    for (const [key, line, member] of membersOf(node)) {
      const inside = [...written, key];
      const path = layout.pathOf(inside);
      if (path === undefined) continue;
      const found = shownAt(shown, path)?.key;
      const isRespelled = typeof key === 'string' && layout.isPlain && found === path.at(-1);
      const shownPath = above && found !== undefined ? [...above, isRespelled ? key : found] : undefined;
      located.push({ path, line, shownPath });
      visit(member, inside, shownPath);
    }
  };
  visit(root, [], []);
  return located;
}

/** Returns the line of every path of a text, as it is spelled there. */
function linesIn(root: SourceNode): Map<string, number> {
  const lines = new Map<string, number>();
  const visit = (node: SourceNode, above: Path): void => {
    for (const [key, line, member] of membersOf(node)) {
      const path = [...above, key];
      if (line !== undefined) lines.set(JSON.stringify(path), line);
      visit(member, path);
    }
  };
  visit(root, []);
  return lines;
}

function membersOf(node: SourceNode): [key: string | number, line: number | undefined, node: SourceNode][] {
  if (node.kind === 'list') return node.items.map((item, at) => [at, item.position?.line, item]);
  if (node.kind === 'scalar') return [];
  return node.entries.map(({ key, position, node: member }) => [key, position?.line, member]);
}

/** Returns the remarks by line: the line of their path, else of the nearest parent. */
function byLine<Remark extends RenderRemark>(
  remarks: readonly Remark[],
  lines: ReadonlyMap<string, number | undefined>,
): Map<number, Remark[]> {
  const found = new Map<number, Remark[]>();
  for (const remark of remarks) {
    let { path } = remark;
    while (path.length > 0 && lines.get(JSON.stringify(path)) === undefined) path = path.slice(0, -1);
    const line = lines.get(JSON.stringify(path));
    if (line === undefined) continue;
    const known = found.get(line);
    if (known === undefined) found.set(line, [remark]);
    else known.push(remark);
  }
  return found;
}

/** Aligns two texts: lines of the same path in one row, and equal lines between them. */
function align<Remark>(
  written: readonly string[],
  shown: readonly string[],
  pairs: readonly (readonly [number, number])[],
  remarks: ReadonlyMap<number, readonly Remark[]>,
): ComparedLine<Remark>[] {
  const rows: ComparedLine<Remark>[] = [];
  let [at, shownAt] = [1, 1];
  const put = (line: number | undefined, shownLine: number | undefined): void => {
    rows.push({
      written: line === undefined ? undefined : written[line - 1],
      shown: shownLine === undefined ? undefined : shown[shownLine - 1],
      remarks: (line === undefined ? undefined : remarks.get(line)) ?? [],
    });
  };
  const putBetween = (end: number, shownEnd: number): void => {
    for (; at < end; at += 1) {
      const isAlike = shownAt < shownEnd && written[at - 1]?.trim() === shown[shownAt - 1]?.trim();
      put(at, isAlike ? shownAt : undefined);
      if (isAlike) shownAt += 1;
    }
    for (; shownAt < shownEnd; shownAt += 1) put(undefined, shownAt);
  };
  for (const [line, shownLine] of pairs.toSorted(([a, b], [c, d]) => a - c || b - d)) {
    // A line in another order cannot share a row.
    if (line < at || shownLine < shownAt) continue;
    putBetween(line, shownLine);
    put(line, shownLine);
    [at, shownAt] = [line + 1, shownLine + 1];
  }
  putBetween(written.length + 1, shown.length + 1);
  return rows;
}

/** Returns the lines of a text, without the empty one after the final line break. */
function split(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
