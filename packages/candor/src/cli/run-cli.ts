import { createRequire } from 'node:module';
import { nearest } from '@candor/config';
import { CandorError } from '../candor-error.js';
import { describeFailure } from '../operator/command-result.js';
import type { CliResult } from './cli-result.js';
import { commandHelp, overview, readArguments } from './command-line.js';
import { commands } from './commands.js';

/** The environment of the command line. */
export interface CliContext {
  readonly colours: boolean;
}

const purpose = 'Shows what anonymous usage reports hold. Nothing is sent.';

/** Runs the `candor` command line; never rejects. */
export async function runCli(argv: readonly string[], { colours }: CliContext): Promise<CliResult> {
  try {
    return await run(argv, colours);
  } catch (error) {
    const isUsage = error instanceof CandorError && error.code === 'ERR_ARGUMENT';
    return { code: isUsage ? 2 : 1, output: '', notes: `candor: ${describeFailure(error)}\n` };
  }
}

async function run([name, ...argv]: readonly string[], colours: boolean): Promise<CliResult> {
  const known = commands(colours);
  const options = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  if (name === undefined) return { code: 2, output: overview('candor', purpose, known), notes: '' };
  if (name === '--help' || name === '-h') return shown(overview('candor', purpose, known));
  if (name === '--version' || name === '-v') return shown(`candor/${version()}\n`);
  const command = Object.hasOwn(known, name) ? known[name] : undefined;
  if (command === undefined) throw new CandorError('ERR_ARGUMENT', unknownCommand(name, Object.keys(known)));
  if (options.includes('--help') || options.includes('-h'))
    return shown(commandHelp('candor', name, command));
  return await command.run(readArguments(name, command, argv));
}

function shown(output: string): CliResult {
  return { code: 0, output, notes: '' };
}

function version(): string {
  // Resolved by package name, since sources and bundle are at different depths.
  const manifest = createRequire(import.meta.url)('candor/package.json') as { readonly version: string };
  return manifest.version;
}

function unknownCommand(name: string, known: readonly string[]): string {
  const guess = nearest(name, known);
  const hint = guess === undefined ? '' : ` (did you mean "${guess}"?)`;
  return `expected one of the commands ${known.join(', ')}${hint}; see --help`;
}
