import type { Diagnosis, Status } from '@candor/reporter';
import { decidedText, wrapped } from './status-text.js';

/** The text of `doctor`, for 80 columns. */
export function doctorText({ steps, untried }: Diagnosis, status: Status): string {
  const failing = steps.filter(({ remedy }) => remedy !== null).length;
  const headline =
    failing === 0 ? 'all is well.' : `${failing === 1 ? '1 step fails' : `${failing} steps fail`}.`;
  const rows = [
    `${'mode'.padEnd(nameWidth)}${decidedText(status)}`,
    ...steps.flatMap(({ name, message, remedy }) => [
      `${name.padEnd(nameWidth)}${(remedy === null ? 'ok' : 'fails').padEnd(markWidth)}${wrapped(message, indent)}`,
      ...(remedy === null ? [] : [`${' '.repeat(indent - margin.length)}${wrapped(remedy, indent)}`]),
    ]),
  ];
  return [
    `${status.product} ${status.version}: ${headline}`,
    ...rows.map((row) => `${margin}${row}`),
    ...(untried === null ? [] : [untried]),
    '',
  ].join('\n');
}

const margin = '  ';
const nameWidth = 12;
const markWidth = 7;
const indent = margin.length + nameWidth + markWidth;
