import Table from 'cli-table3';
import { diffArrays } from 'diff';
import pc from 'picocolors';

/**
 * Returns two texts in columns, each line beside its counterpart; `*` marks differences. Fits into 80 characters if the
 * longest lines of both have at most 75 together.
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

/** Pairs the lines about the same key, with equal or different values. */
function aligned(left: string[], right: string[]): [string, string][] {
  return diffArrays(left, right, { comparator: (a, b) => subject(a) === subject(b) }).flatMap(
    ({ added, removed, value }, part, parts) => {
      if (added) return value.map((line): [string, string] => ['', line]);
      if (removed) return value.map((line): [string, string] => [line, '']);
      // For lines that compare equal, the result contains the right ones; the left ones begin after the earlier parts.
      const from = parts.slice(0, part).reduce((sum, one) => sum + (one.added ? 0 : one.count), 0);
      return value.map((line, index): [string, string] => [left[from + index] ?? '', line]);
    },
  );
}

/** Returns the subject of a line: its key or heading. */
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
