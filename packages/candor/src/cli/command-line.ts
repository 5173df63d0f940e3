import { parseArgs } from 'node:util';
import { nearest } from '@candor/config';
import { CandorError } from '../candor-error.js';

/** An option of a command. */
export interface CommandOption {
  /** The placeholder of its value in the help text; without it the option is a switch. */
  readonly value?: string;
  readonly help: string;
}

/** A command of a command line: its syntax, and its action. */
export interface Command<Result> {
  /** Names of its arguments, in order; those in brackets are optional. */
  readonly positionals: readonly string[];
  readonly summary: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  readonly examples?: readonly string[];
  run(input: CommandInput): Promise<Result>;
}

/** The arguments and options of a command. */
export interface CommandInput {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly switches: ReadonlySet<string>;
  /** The arguments after `--`. */
  readonly rest: readonly string[];
}

/**
 * Reads the arguments of a command; every value stays text, so `1.10` and `007` are unchanged. Throws `ERR_ARGUMENT`,
 * which names an option or an argument and never quotes a value.
 */
export function readArguments(
  name: string,
  { positionals, options }: Pick<Command<unknown>, 'positionals' | 'options'>,
  argv: readonly string[],
): CommandInput {
  const known = Object.entries(options).map(
    ([option, { value }]) => [option, { type: value === undefined ? 'boolean' : 'string' }] as const,
  );
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(known),
    strict: false,
    tokens: true,
  });
  const end = tokens.find(({ kind }) => kind === 'option-terminator')?.index ?? argv.length;
  const values: Record<string, string> = {};
  const switches = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name: option, rawName, value } = token;
    if (!Object.hasOwn(options, option)) throw unknownOption(rawName, Object.keys(options));
    if (Object.hasOwn(values, option) || switches.has(option)) {
      throw new CandorError('ERR_ARGUMENT', `${rawName}: expected once`);
    }
    const takesValue = options[option]?.value !== undefined;
    if (takesValue && value === undefined) {
      throw new CandorError('ERR_ARGUMENT', `${rawName}: expected a value, as ${rawName} <${option}>`);
    }
    if (!takesValue && value !== undefined) {
      throw new CandorError('ERR_ARGUMENT', `${rawName}: takes no value`);
    }
    if (value === undefined) switches.add(option);
    else values[option] = value;
  }
  const given = tokens.filter(({ kind, index }) => kind === 'positional' && index < end);
  const required = positionals.filter((positional) => !positional.startsWith('['));
  if (given.length < required.length) {
    throw new CandorError('ERR_ARGUMENT', `${name}: expected ${required.join(' and ')}`);
  }
  if (given.length > positionals.length) {
    throw new CandorError('ERR_ARGUMENT', `${name}: expected at most ${positionals.length} arguments`);
  }
  return {
    positionals: given.flatMap((token) => (token.kind === 'positional' ? [token.value] : [])),
    values,
    switches,
    rest: argv.slice(end + 1),
  };
}

function unknownOption(rawName: string, options: readonly string[]): CandorError {
  const guess = nearest(rawName.replace(/^-+/, ''), options);
  const hint = guess === undefined ? '; see --help' : `; did you mean --${guess}?`;
  return new CandorError('ERR_ARGUMENT', `${rawName}: unknown option${hint}`);
}

/** Returns the help text of one command. */
export function commandHelp(program: string, name: string, command: Command<unknown>): string {
  const { positionals, summary, options, examples = [] } = command;
  const rows = Object.entries(options).map(([option, { value, help }]): [string, string] => [
    `--${option}${value === undefined ? '' : ` <${value}>`}`,
    help,
  ]);
  return [
    `${[program, name, ...positionals].join(' ')}${rows.length > 0 ? ' [options]' : ''}`,
    '',
    `  ${summary}`,
    ...section('Options', table(rows)),
    ...section(
      'Examples',
      examples.map((example) => `  ${example}`),
    ),
    '',
  ].join('\n');
}

/** Returns the help text of a whole command line. */
export function overview(
  program: string,
  purpose: string,
  commands: Readonly<Record<string, Command<unknown>>>,
): string {
  const rows = Object.entries(commands).map(([name, { positionals, summary }]): [string, string] => [
    [name, ...positionals].join(' '),
    summary,
  ]);
  return [
    `${program} <command> [options]`,
    '',
    `  ${purpose}`,
    ...section('Commands', table(rows)),
    ...section(
      'Options',
      table([
        ['--help', 'Show this text, or that of a command'],
        ['--version', 'Show the version'],
      ]),
    ),
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines];
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
}
