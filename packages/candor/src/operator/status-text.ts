import type { Status } from '@candor/reporter';

/** Returns the text of `status`, one line for each row; `program` is how the operator calls the commands. */
export function statusText(status: Status, program: string): string {
  const rows = statusRows(status);
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  const count = status.newFields.length;
  const accept = count === 0 ? [] : [`Accept ${theseFields(count)}: ${program} accept`];
  return [`${status.product} ${status.version}: ${headline(status)}`, ...lines, ...accept, ''].join('\n');
}

/** Returns the number of fields, as part of a sentence. */
export function theseFields(count: number): string {
  return count === 1 ? 'this field' : `these ${count} fields`;
}

/** Returns one sentence about what is reported. */
export function headline({ mode, newFields, gone }: Status): string {
  if (mode === 'off') return 'no anonymous usage is reported.';
  if (newFields.length > 0) return 'nothing is reported until you accept the new fields.';
  if (gone) return 'the collector wants no more reports of this version.';
  return mode === 'local'
    ? 'reports are written to the log here, and not sent.'
    : 'anonymous usage is reported.';
}

/** Returns the status as names and values to read. */
export function statusRows(status: Status): [name: string, value: string][] {
  return [
    ['mode', decidedText(status)],
    ['endpoint', `${status.endpoint} (set by ${deciders[status.endpointFrom]})${insecureText(status)}`],
    ['last report', status.last === null ? 'none yet' : timeText(status.last)],
    ...lastResult(status),
    ['next report', nextText(status)],
    ['requests', `${status.requests} of at most 12 in the last 24 hours`],
    ['state', stateText(status)],
    ...status.newFields.map(({ path, exportedAs }): [string, string] => [
      'new field',
      `${path} (${exportedAs})`,
    ]),
    ...(status.warning === null ? [] : [['warning', status.warning] satisfies [string, string]]),
  ];
}

/** Returns the mode, and what decided it, as text. */
export function decidedText({ mode, decidedBy }: Status): string {
  return `${mode}, decided by ${deciders[decidedBy]}`;
}

function stateText({ directory, isLasting, decidedBy, warning }: Status): string {
  const where = directory ?? 'not in a directory';
  // The warning says what is wrong with the existing state.
  if (isLasting || (decidedBy === 'unreadable state' && warning !== null)) return where;
  return `${where}; it ends with the process: at most one report goes. A container needs a volume here`;
}

function insecureText({ isInsecure }: Status): string {
  return isInsecure ? ', not encrypted: reports can be read on their way' : '';
}

function lastResult({ lastReport }: Status): [string, string][] {
  if (lastReport === null) return [];
  const { message, remedy } = lastReport;
  return [
    ['last result', message],
    ...(remedy === null ? [] : [['what to do', remedy] satisfies [string, string]]),
  ];
}

const deciders: Readonly<Record<Status['decidedBy'], string>> = {
  DO_NOT_TRACK: 'DO_NOT_TRACK in the environment',
  'continuous integration': 'continuous integration, where nothing is reported',
  configuration: 'the configuration',
  operator: 'your choice here',
  'development version': 'the version, which is one of development',
  'unreadable state': 'the kept state, which cannot be read or trusted',
  nobody: 'nobody yet',
};

function nextText({ mode, next, pending, newFields, gone }: Status): string {
  if (mode === 'off' || newFields.length > 0 || gone) return 'none';
  if (next === null) return 'planned when the program starts';
  return `${timeText(next)}${pending ? ' (again; the last try was not accepted)' : ''}`;
}

/** Returns a time in UTC, to the second. */
function timeText(time: number): string {
  return new Date(time)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
