import type { Measured } from './measure.js';

/** The middle value; the mean of the two middle ones where their number is even. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** A Markdown table of medians, each with the first subject's ratio to the lightest of the others. */
export function renderTable(measured: readonly Measured[]): string {
  const rows: [string, (subject: Measured) => number, number][] = [
    ['cold import, ms (median)', (subject) => median(subject.importMs), 1],
    ['added memory at rest, MB (median)', (subject) => median(subject.idleBytes), 2 ** 20],
    ['longest event-loop delay of a report, ms (median)', (subject) => median(subject.delayMs), 1],
    ['longest event-loop delay of a report, ms (worst)', (subject) => Math.max(...subject.delayMs), 1],
    ['installed, MB', (subject) => subject.installedBytes, 2 ** 20],
  ];
  const lines = [
    `| | ${measured.map((subject) => subject.name).join(' | ')} | ratio to the lightest peer |`,
    `|---|${'---:|'.repeat(measured.length + 1)}`,
  ];
  for (const [label, read, unit] of rows) {
    const [own, ...peers] = measured.map((subject) => read(subject) / unit) as [number, ...number[]];
    const ratio = (own / Math.min(...peers)).toFixed(2);
    lines.push(`| ${label} | ${[own, ...peers].map((value) => value.toFixed(1)).join(' | ')} | ${ratio} |`);
  }
  return lines.join('\n');
}
