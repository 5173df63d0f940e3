/**
 * Breaks lines between words if they are wider than a terminal. Continuation lines are indented: to the last column of
 * a table's row, else by two spaces more than the line.
 */
export function fitLines(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => (line.length <= columns ? line : brokenLine(line, columns)))
    .join('\n');
}

function brokenLine(line: string, columns: number): string {
  const leading = line.length - line.trimStart().length;
  const gap = line.trimEnd().lastIndexOf('  ');
  const start = gap === -1 ? leading : gap + 2;
  const indent = start > leading && start <= columns / 2 ? start : leading + 2;
  const lines = [line.slice(0, start)];
  for (const word of line.slice(start).split(' ')) {
    const last = lines.at(-1) ?? '';
    const isStart = last === '' || last.endsWith(' ');
    const longer = isStart ? last + word : `${last} ${word}`;
    if (longer.length <= columns || isStart) lines[lines.length - 1] = longer;
    else lines.push(' '.repeat(indent) + word);
  }
  return lines.join('\n');
}
