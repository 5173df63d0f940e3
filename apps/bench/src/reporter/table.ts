import type { Row } from '../frame/bench.js';
import { median } from '../frame/statistics.js';
import type { Measured, Run } from './measure.js';

/** A line for each quantity: all subjects, and the first one's ratio to the lightest of the others. */
export function rowsOf({ measured }: Run): Row[] {
  const quantities: [string, (subject: Measured) => number, number][] = [
    ['cold import, ms (median)', (subject) => median(subject.importMs), 1],
    ['added memory at rest, MB (median)', (subject) => median(subject.restBytes), 2 ** 20],
    ['added memory after a report, MB (median)', (subject) => median(subject.reportedBytes), 2 ** 20],
    ['longest event-loop delay of a report, ms (median)', (subject) => median(subject.delayMs), 1],
    ['longest event-loop delay of a report, ms (worst)', (subject) => Math.max(...subject.delayMs), 1],
    ['installed, MB', (subject) => subject.installedBytes, 2 ** 20],
  ];
  return quantities.map(([label, read, unit]) => {
    const [own, ...peers] = measured.map((subject) => read(subject) / unit) as [number, ...number[]];
    const ratio = (own / Math.min(...peers)).toFixed(2);
    return { label, cells: [...[own, ...peers].map((value) => value.toFixed(1)), ratio] };
  });
}

/** The event-loop delay of a host alone, and how a host leaves. */
export function remarksOf({ measured, aloneMs, exitMs, aloneExitMs, stopMs }: Run): string[] {
  const name = measured[0]?.name;
  return [
    'Aims: import at most 0.35 of the lightest, delay at most 10 ms in every round on a quiet machine, memory after a report at most that of the lightest.',
    `Longest event-loop delay of a host alone: ${summary(aloneMs)}. End of a host with a report of ${name} under way and a timer armed: ${summary(exitMs)}; of a host alone: ${summary(aloneExitMs)}. stop() of ${name} while the server does not answer: ${summary(stopMs)}.`,
  ];
}

function summary(values: readonly number[]): string {
  return `${median(values).toFixed(1)} ms (median), ${Math.max(...values).toFixed(1)} ms (worst)`;
}
