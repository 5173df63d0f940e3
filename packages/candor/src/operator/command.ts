import { parseArgs } from 'node:util';
import type { Json } from '@candor/protocol';
import type { LastReport, Mode } from '@candor/reporter';
import type { CommandResult } from '../usage-reporting.js';
import {
  data,
  describeFailure,
  done,
  exactly,
  impossible,
  misunderstood,
  type Outcome,
} from './command-result.js';
import type { OperatorContext } from './operator-context.js';
import { doctorText, isWell } from './doctor-text.js';
import { erasureText } from './erasure-text.js';
import { countsText, explainText } from './explain-text.js';
import { fitLines } from './fit-lines.js';
import { printable } from './printable.js';
import { helpOf, operatorCommands, overview } from './help.js';
import { logLines, logText } from './log-text.js';
import { readReport } from './read-report.js';
import { reportText } from './report-text.js';
import { statusText } from './status-text.js';

/** Runs one of the operator's commands; never rejects. */
export async function runCommand(context: OperatorContext, argv: readonly string[]): Promise<CommandResult> {
  const { code, output, isText } = await outcomeOf(context, argv);
  return { code, output: isText ? fitLines(output, context.columns()) : output };
}

async function outcomeOf(context: OperatorContext, argv: readonly string[]): Promise<Outcome> {
  const { program } = context;
  // A host without types may pass anything.
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
    // Imported late, for `nearest` only.
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
  doctor: ['json'],
  preview: ['raw', 'explain'],
  log: ['json'],
  endpoint: ['insecure'],
  forget: ['json'],
  'report-now': ['json'],
  send: ['json'],
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
    // The parser's message would quote the arguments.
    return undefined;
  }
}

function help(program: string, name: string | undefined): Outcome {
  const command = operatorCommands.find((candidate) => candidate.name === name);
  return done(command === undefined ? overview(program) : helpOf(program, command));
}

async function run(context: OperatorContext, name: string, given: Given): Promise<Outcome> {
  const { reporter } = context;
  switch (name) {
    case 'status':
      return await showStatus(context, given.flags);
    case 'doctor':
      return await examine(context, given.flags);
    case 'accept':
      await reporter.accept();
      return await showStatus(context, given.flags);
    case 'report-now':
      return await reportNow(context, given.flags);
    case 'preview':
      return await preview(context, given.flags);
    case 'log': {
      const entries = await reporter.log();
      return data(given.flags.has('json') ? logLines(entries) : logText(entries));
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
      return await erase(context, given.flags);
    case 'export':
      return exactly(text(await reporter.export()));
    default:
      return await send(context, given);
  }
}

async function preview(
  { reporter, explain, columns }: OperatorContext,
  flags: ReadonlySet<string>,
): Promise<Outcome> {
  if (flags.has('raw')) return exactly(text(await reporter.preview()));
  const remarks = await explain();
  if (flags.has('explain')) {
    return data(`${explainText(remarks, { columns: columns() })}\n${countsText(remarks)}\n`);
  }
  return data(reportText(JSON.parse(text(await reporter.preview())) as Json, remarks));
}

async function showStatus(
  { program, reporter }: OperatorContext,
  flags: ReadonlySet<string>,
): Promise<Outcome> {
  const status = await reporter.status();
  return flags.has('json') ? json(status) : done(statusText(status, program));
}

async function examine({ reporter }: OperatorContext, flags: ReadonlySet<string>): Promise<Outcome> {
  const diagnosis = await reporter.diagnose();
  if (flags.has('json')) return json(diagnosis, isWell(diagnosis));
  const shown = doctorText(diagnosis, await reporter.status());
  return isWell(diagnosis) ? done(shown) : impossible(shown);
}

async function erase({ reporter }: OperatorContext, flags: ReadonlySet<string>): Promise<Outcome> {
  const forgotten = await reporter.forget();
  if (flags.has('json')) return json(forgotten, forgotten.left === 0);
  const shown = erasureText(forgotten);
  return forgotten.left === 0 ? done(shown) : impossible(shown);
}

async function choose({ program, reporter }: OperatorContext, mode: Mode): Promise<Outcome> {
  await reporter.setMode(mode);
  const status = await reporter.status();
  const shown = statusText(status, program);
  if (status.mode === mode) return done(shown);
  return impossible(`Kept, but something more private holds; see "mode".\n${shown}`);
}

async function endpoint({ reporter }: OperatorContext, { argument: url, flags }: Given): Promise<Outcome> {
  const insecure = flags.has('insecure');
  if (url !== undefined) await reporter.setEndpoint(url === 'default' ? null : url, { insecure });
  const status = await reporter.status();
  return done(`${status.endpoint}\n`);
}

async function send(
  { program, reporter }: OperatorContext,
  { argument: file, flags }: Given,
): Promise<Outcome> {
  if (file === undefined) return misunderstood(`${program} send: which file? See ${program} help send.\n`);
  return resultOf(await reporter.send(await readReport(file)), flags);
}

async function reportNow({ reporter }: OperatorContext, flags: ReadonlySet<string>): Promise<Outcome> {
  const outcome = resultOf(await reporter.reportNow(), flags);
  const { warning } = await reporter.status();
  // For example, if nothing can be kept here, the report can neither be shown nor erased later.
  return warning === null || !outcome.isText
    ? outcome
    : { ...outcome, output: `${outcome.output}${printable(`Warning: ${warning}`)}\n` };
}

function resultOf(last: LastReport, flags: ReadonlySet<string>): Outcome {
  const { result, message, remedy } = last;
  if (flags.has('json')) return json(last, result === 'accepted' || result === 'written');
  if (result === 'accepted') return done('Sent and accepted.\n');
  if (result === 'written') return done('Written to the log here, and not sent.\n');
  return impossible(`${message}${remedy === null ? '' : ` ${remedy}`}\n`);
}

function json(value: object, isDone = true): Outcome {
  return data(`${JSON.stringify(value, null, 2)}\n`, isDone ? 0 : 1);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
