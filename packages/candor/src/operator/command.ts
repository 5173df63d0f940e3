import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Json } from '@candor/protocol';
import type { Forgotten, LastReport, Mode } from '@candor/reporter';
import type { CommandResult } from '../usage-reporting.js';
import { describeFailure, done, exactly, impossible, misunderstood } from './command-result.js';
import type { OperatorContext } from './operator-context.js';
import { doctorText } from './doctor-text.js';
import { countsText, explainText } from './explain-text.js';
import { helpOf, operatorCommands, overview } from './help.js';
import { logLines, logText } from './log-text.js';
import { reportText } from './report-text.js';
import { statusText } from './status-text.js';

/** Runs one of the operator's commands; never rejects. */
export async function runCommand(context: OperatorContext, argv: readonly string[]): Promise<CommandResult> {
  const { program } = context;
  // A host without types may pass on anything.
  if (!Array.isArray(argv) || argv.some((word) => typeof word !== 'string')) {
    return misunderstood(overview(program));
  }
  const [name = 'help', ...rest] = argv;
  if (['help', '--help', '-h'].includes(name)) return help(program, rest[0]);
  const command = operatorCommands.find((candidate) => candidate.name === name);
  if (command === undefined) return misunderstood(await unknown(program));
  if (rest.includes('--help') || rest.includes('-h')) return help(program, name);
  const given = read(rest, allowed[name] ?? [], name === 'send' || name === 'endpoint' ? 1 : 0);
  if (given === undefined) return misunderstood(helpOf(program, command));
  try {
    return await run(context, name, given);
  } catch (error) {
    return impossible(`${program} ${name}: ${describeFailure(error)}\n`);
  }

  async function unknown(program: string): Promise<string> {
    // Loading a configuration is not what this is for, but it knows how to guess.
    const { nearest } = await import('@candor/config');
    const guess = nearest(
      name,
      operatorCommands.map((candidate) => candidate.name),
    );
    const hint = guess === undefined ? '' : ` Did you mean "${guess}"?`;
    return `${program}: there is no such command.${hint}\n\n${overview(program)}`;
  }
}

interface Given {
  readonly flags: ReadonlySet<string>;
  readonly argument: string | undefined;
}

const allowed: Readonly<Record<string, readonly string[]>> = {
  status: ['json'],
  preview: ['raw', 'explain'],
  log: ['json'],
  endpoint: ['insecure'],
};

function read(rest: readonly string[], flags: readonly string[], most: number): Given | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      options: Object.fromEntries(flags.map((flag) => [flag, { type: 'boolean' as const }])),
      allowPositionals: true,
    });
    if (positionals.length > most) return undefined;
    return { flags: new Set(Object.keys(values)), argument: positionals[0] };
  } catch {
    // Not understood; its message would repeat what was given.
    return undefined;
  }
}

function help(program: string, name: string | undefined): CommandResult {
  const command = operatorCommands.find((candidate) => candidate.name === name);
  return done(command === undefined ? overview(program) : helpOf(program, command));
}

async function run(context: OperatorContext, name: string, given: Given): Promise<CommandResult> {
  const { reporter } = context;
  switch (name) {
    case 'status':
      return await showStatus(context, given.flags);
    case 'doctor':
      return await examine(context);
    case 'accept':
      await reporter.accept();
      return await showStatus(context, given.flags);
    case 'report-now':
      return resultOf(await reporter.reportNow());
    case 'preview':
      return await preview(context, given.flags);
    case 'log': {
      const entries = await reporter.log();
      return done(given.flags.has('json') ? logLines(entries) : logText(entries));
    }
    case 'on':
    case 'local':
    case 'off':
      return await choose(context, name);
    case 'endpoint':
      return await endpoint(context, given);
    case 'clean':
      await reporter.clean();
      return done('Forgotten: the log, the keys and the times. Your choices are kept.\n');
    case 'forget':
      return erasureOf(await reporter.forget());
    case 'export':
      return exactly(text(await reporter.export()));
    default:
      return await send(context, given.argument);
  }
}

async function preview(
  { reporter, explain }: OperatorContext,
  flags: ReadonlySet<string>,
): Promise<CommandResult> {
  if (flags.has('raw')) return exactly(text(await reporter.preview()));
  const remarks = await explain();
  if (flags.has('explain')) return done(`${explainText(remarks)}\n${countsText(remarks)}\n`);
  return done(reportText(JSON.parse(text(await reporter.preview())) as Json, remarks));
}

async function showStatus(
  { program, reporter }: OperatorContext,
  flags: ReadonlySet<string>,
): Promise<CommandResult> {
  const status = await reporter.status();
  return done(flags.has('json') ? `${JSON.stringify(status, null, 2)}\n` : statusText(status, program));
}

async function examine({ reporter }: OperatorContext): Promise<CommandResult> {
  const diagnosis = await reporter.diagnose();
  const shown = doctorText(diagnosis, await reporter.status());
  return diagnosis.steps.every(({ remedy }) => remedy === null) ? done(shown) : impossible(shown);
}

async function choose({ program, reporter }: OperatorContext, mode: Mode): Promise<CommandResult> {
  await reporter.setMode(mode);
  const status = await reporter.status();
  const shown = statusText(status, program);
  if (status.mode === mode) return done(shown);
  return impossible(`Kept, but something more private holds; see "mode".\n${shown}`);
}

async function endpoint(
  { reporter }: OperatorContext,
  { argument: url, flags }: Given,
): Promise<CommandResult> {
  const insecure = flags.has('insecure');
  if (url !== undefined) await reporter.setEndpoint(url === 'default' ? null : url, { insecure });
  const status = await reporter.status();
  return done(`${status.endpoint}\n`);
}

async function send(
  { program, reporter }: OperatorContext,
  file: string | undefined,
): Promise<CommandResult> {
  if (file === undefined) return misunderstood(`${program} send: which file? See ${program} help send.\n`);
  return resultOf(await reporter.send(await readFile(file)));
}

function resultOf({ result, message, remedy }: LastReport): CommandResult {
  if (result === 'accepted') return done('Sent and accepted.\n');
  if (result === 'written') return done('Written to the log here, and not sent.\n');
  return impossible(`${message}${remedy === null ? '' : ` ${remedy}`}\n`);
}

function erasureOf({ erased, left, failures }: Forgotten): CommandResult {
  if (erased + left === 0) return done('The log names no report that may be at a collector.\n');
  const erasedText = `Erased at the collector: ${reports(erased)}.`;
  if (left === 0) return done(`${erasedText}\n`);
  const reasons = failures.map(({ endpoint, message, remedy }) => `${endpoint}: ${message} ${remedy}`);
  return impossible([erasedText, `Still to be erased: ${reports(left)}.`, ...reasons, ''].join('\n'));
}

function reports(count: number): string {
  return count === 1 ? '1 report' : `${count} reports`;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
