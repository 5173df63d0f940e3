import type { Diagnosis, Status } from '@candor/reporter';
import { decidedText } from './status-text.js';

/** Returns the text of `doctor`, one line for each message and each remedy. */
export function doctorText({ steps, untried }: Diagnosis, status: Status): string {
  const rows = [
    `${'mode'.padEnd(nameWidth)}${decidedText(status)}`,
    ...steps.flatMap(({ name, message, remedy }) => [
      `${name.padEnd(nameWidth)}${(remedy === null ? 'ok' : 'fails').padEnd(markWidth)}${message}`,
      ...(remedy === null ? [] : [`${' '.repeat(nameWidth + markWidth)}${remedy}`]),
    ]),
  ];
  return [
    `${status.product} ${status.version}: ${doctorHeadline(steps)}`,
    ...rows.map((row) => `${margin}${row}`),
    ...(untried === null ? [] : [untried]),
    '',
  ].join('\n');
}

/** Returns one sentence that says how many steps fail. */
export function doctorHeadline(steps: Diagnosis['steps']): string {
  const failing = steps.filter(({ remedy }) => remedy !== null).length;
  if (failing === 0) return 'all is well.';
  return failing === 1 ? '1 step fails.' : `${failing} steps fail.`;
}

/** Returns true if no step fails. */
export function isWell({ steps }: Diagnosis): boolean {
  return steps.every(({ remedy }) => remedy === null);
}

const margin = '  ';
const nameWidth = 12;
const markWidth = 7;
