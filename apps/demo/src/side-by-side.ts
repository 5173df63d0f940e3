import Table from 'cli-table3';
import pc from 'picocolors';

/** Text in two columns that fit 80 characters for lines up to 36; `*` marks the lines that differ. */
export function sideBySide(left: string, right: string, titles: readonly [string, string]): string {
  const [original, result] = [lines(left), lines(right)];
  const table = new Table({
    head: [pc.bold(titles[0]), '', pc.bold(titles[1])],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '  ',
      'left-mid': '  ',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: ' ',
    },
  });
  for (let index = 0; index < Math.max(original.length, result.length); index += 1) {
    const [before = '', after = ''] = [original[index], result[index]];
    const differs = before !== after;
    table.push([before, differs ? pc.yellow('*') : ' ', differs ? pc.yellow(after) : after]);
  }
  return table.toString();
}

function lines(text: string): string[] {
  return text.trimEnd().split('\n');
}
