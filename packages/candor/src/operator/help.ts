/** An operator's command, as its help shows it. */
export interface OperatorCommand {
  readonly name: string;
  /** Its arguments, such as `<file>`. */
  readonly takes: string;
  readonly summary: string;
  /** Further lines of the command's own help. */
  readonly details: readonly string[];
}

/** The operator's commands, in the order of use. */
export const operatorCommands: readonly OperatorCommand[] = [
  {
    name: 'status',
    takes: '[--json]',
    summary: 'Show whether reports are sent, what decided that, and when',
    details: [
      'Names the mode and what decided it, the endpoint, the last and next report.',
      'The most private wish holds: DO_NOT_TRACK, then that of the configuration and',
      'your choice here.',
      '--json prints the same as JSON.',
    ],
  },
  {
    name: 'doctor',
    takes: '[--json]',
    summary: 'Try each step of reporting, and show which fails and what to do',
    details: [
      'Tries the state, your choice, the report, the proxy, the name of the',
      'collector, the connection, and what the collector says to the next report: it',
      'is sent as a dry run, which no collector stores, and counts as one of the',
      'twelve requests of 24 hours. While the mode is off or local, or there are new',
      'fields, nothing is tried over the network. Exit code 0 when all is well.',
      '--json prints the steps as JSON; one that fails has a remedy.',
    ],
  },
  {
    name: 'preview',
    takes: '[--raw | --explain]',
    summary: 'Show the next report; sends nothing and writes nothing',
    details: [
      'Prints the report indented, for reading.',
      '--raw prints the exact bytes that would be sent.',
      '--explain lists each path of the configuration with what happens to it and',
      'why. It shows your own keys, but no value that does not leave.',
    ],
  },
  {
    name: 'log',
    takes: '[--json]',
    summary: 'Show what was sent, and what became of it',
    details: ['One line for each event, oldest first.', '--json prints JSON lines with the whole reports.'],
  },
  {
    name: 'on',
    takes: '',
    summary: 'Report, and accept the present field list',
    details: [
      'Has no effect where the configuration says something more private: then the',
      'status that it prints says so.',
    ],
  },
  {
    name: 'accept',
    takes: '',
    summary: 'Accept the present field list, and leave the mode as it is',
    details: [
      'Needed when a new version reports more: until then nothing goes. The status',
      'names what is new.',
    ],
  },
  {
    name: 'local',
    takes: '',
    summary: 'Write reports to the log only, send none',
    details: ['Lets you watch for a while before you decide.'],
  },
  {
    name: 'off',
    takes: '',
    summary: 'Stop: no file, no socket, no timer',
    details: ['Your choice is kept; a report that waits is thrown away.'],
  },
  {
    name: 'endpoint',
    takes: '[<url> [--insecure] | default]',
    summary: 'Show or change where reports go',
    details: [
      'A relay of your own, for example. `default` goes back to the configured one.',
      'It must be https:, or http: to this machine.',
      '--insecure allows http: to another machine, a relay in your own network.',
    ],
  },
  {
    name: 'clean',
    takes: '',
    summary: 'Forget everything kept here but your choices',
    details: [
      'Deletes the log, the keys and the times. The next report cannot be linked to',
      'earlier ones, and these cannot be erased by `forget` any more.',
    ],
  },
  {
    name: 'forget',
    takes: '[--json]',
    summary: 'Erase your own reports at the collector',
    details: [
      'Works in every mode. The log keeps a secret of each report; the collector',
      'erases a report when its secret is sent. It sees then which reports were',
      'yours, and has them no more. What it counted in days that are over stays.',
      'Where some are left, run it again: it goes on where it ended.',
      '--json prints how many were erased, how many are left, and why.',
    ],
  },
  {
    name: 'report-now',
    takes: '[--json]',
    summary: 'Make and send the next report now',
    details: [
      'To see at once whether it works. It counts as one of the twelve requests of 24',
      'hours.',
      '--json prints what became of it as JSON.',
    ],
  },
  {
    name: 'export',
    takes: '',
    summary: 'Print the next report, to be carried by hand',
    details: [
      'For a site without network: `export > report.json` here, and',
      '`send report.json` elsewhere.',
      'The report counts as accepted; the next one follows a period later.',
    ],
  },
  {
    name: 'send',
    takes: '<file> [--json]',
    summary: 'Send an exported report once',
    details: [
      'Sends the file as it is, to the endpoint that `status` names.',
      '--json prints what became of it as JSON.',
    ],
  },
];

/** Returns the text of `help`; `program` is how the operator calls the commands, such as `gateway usage`. */
export function overview(program: string): string {
  const width = Math.max(...operatorCommands.map(({ name }) => name.length));
  return [
    `${program}: look at the usage reports of this installation, and decide.`,
    '',
    ...operatorCommands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    `${program} help <command> says more.`,
    'Exit codes: 0 done, 1 not possible, 2 not understood.',
    '',
  ].join('\n');
}

/** Returns the text of `help <command>`. */
export function helpOf(program: string, command: OperatorCommand): string {
  const call = [program, command.name, command.takes].filter((part) => part !== '').join(' ');
  return [call, '', `  ${command.summary}.`, ...command.details.map((line) => `  ${line}`), ''].join('\n');
}
