import type { Measured, Run } from './measure.js';

/** The middle value; the mean of the two middle ones where their number is even. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function summary(values: readonly number[]): string {
  return `${median(values).toFixed(1)} ms (median), ${Math.max(...values).toFixed(1)} ms (worst)`;
}

/**
 * A Markdown table, each line with the first subject's ratio to the lightest of the others; below it the event-loop
 * delay of a host alone, and how a host leaves.
 */
export function renderTable({ measured, aloneMs, exitMs, aloneExitMs, stopMs }: Run): string {
  const rows: [string, (subject: Measured) => number, number][] = [
    ['cold import, ms (median)', (subject) => median(subject.importMs), 1],
    ['added memory at rest, MB (median)', (subject) => median(subject.restBytes), 2 ** 20],
    ['added memory after a report, MB (median)', (subject) => median(subject.reportedBytes), 2 ** 20],
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
  const name = measured[0]?.name;
  lines.push(
    '',
    `Longest event-loop delay of a host alone: ${summary(aloneMs)}.`,
    `End of a host with a report of ${name} under way and a timer armed: ${summary(exitMs)}; of a host alone: ${summary(aloneExitMs)}.`,
    `stop() of ${name} while the server does not answer: ${summary(stopMs)}.`,
  );
  return lines.join('\n');
}
