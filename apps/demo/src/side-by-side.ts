import Table from 'cli-table3';
import { diffArrays } from 'diff';
import pc from 'picocolors';

/**
 * Two texts in columns, a line beside the one it became; `*` marks what differs.
 * Fits 80 characters where the longest lines of both make up 75 together.
 */
export function sideBySide(left: string, right: string, titles: readonly [string, string]): string {
  const table = new Table({
    head: [pc.bold(titles[0]), '', pc.bold(titles[1])],
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    chars: { ...noBorders, left: '  ', middle: ' ' },
  });
  for (const [before, after] of aligned(lines(left), lines(right))) {
    const differs = before !== after;
    table.push([before, differs ? pc.yellow('*') : ' ', differs ? pc.yellow(after) : after]);
  }
  return table.toString();
}

/** Pairs the lines that say the same thing, with the same value or another. */
function aligned(left: string[], right: string[]): [string, string][] {
  return diffArrays(left, right, { comparator: (a, b) => subject(a) === subject(b) }).flatMap(
    ({ added, removed, value }, part, parts) => {
      if (added) return value.map((line): [string, string] => ['', line]);
      if (removed) return value.map((line): [string, string] => [line, '']);
      // Of lines that compare equal the result holds the right ones; the left ones stand where the earlier parts end.
      const from = parts.slice(0, part).reduce((sum, one) => sum + (one.added ? 0 : one.count), 0);
      return value.map((line, index): [string, string] => [left[from + index] ?? '', line]);
    },
  );
}

/** What a line is about: its key or heading. */
function subject(line: string): string {
  return line.split(/[=:]\s/, 1)[0]?.trim() ?? '';
}

function lines(text: string): string[] {
  return text.trimEnd().split('\n');
}

const noBorders = Object.fromEntries(
  ['top', 'bottom', 'left', 'mid', 'right']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .map((name) => [name, '']),
);
