import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addDays } from '@candor/protocol';
import pc from 'picocolors';
import { type Child, startChild } from './child.js';
import { DemoError } from './demo-error.js';
import { childEnvironment, type DemoSettings } from './env.js';
import { makeReports, weekday } from './fleet/make-reports.js';
import { inventFleet } from './fleet/fleet.js';
import { createSender } from './fleet/send.js';
import { anonymizedText } from './preview.js';
import { factTable } from './fact-table.js';
import { createQueries, type Queries } from './query.js';
import { sideBySide } from './side-by-side.js';
import { step } from './step.js';

/** The settings and the surroundings of the demo. */
export interface DemoContext extends DemoSettings {
  readonly print: (text: string) => void;
  /** Aborts the demo. */
  readonly signal: AbortSignal;
  /** Resolves when the reader wants to leave. */
  readonly leave: Promise<void>;
}

/** After this many milliseconds a program is taken to hang, even on a busy machine. */
const patience = 300_000;

/** Shows the whole path of a report. Whatever happens, it stops and removes everything that it started. */
export async function runDemo(context: DemoContext): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'candor-demo-'));
  const children: Child[] = [];
  try {
    await showEverything(context, folder, (child) => {
      children.push(child);
      return child;
    });
  } finally {
    await Promise.all(children.map((child) => child.stop()));
    await rm(folder, { recursive: true, force: true });
  }
}

type Keep = (child: Child) => Child;

async function showEverything(context: DemoContext, folder: string, keep: Keep): Promise<void> {
  const { print, exit, leave } = context;
  const url = await startServer(folder, keep);
  const queries = createQueries(url);
  const file = fileURLToPath(new URL('../traefik.toml', import.meta.url));

  print(`\n${pc.bold('What is written, and what would leave')} (apps/demo/traefik.toml)\n`);
  print(sideBySide(await readFile(file, 'utf8'), anonymizedText(file), ['Original', 'Anonymized']));
  print('');
  await reportOnce(url, folder, file, keep);
  // Computed now, since the report counts for the day on which it was received.
  const today = new Date().toISOString().slice(0, 10);
  await showStored(print, queries, today);
  const sent = await simulateFleet(context, url, today);
  await check(queries, today, sent + 1);

  print(`\n${pc.bold('Dashboard')}  ${pc.cyan(`${url}/`)}`);
  if (exit) return;
  print('Press Ctrl-C to end.');
  await leave;
}

async function startServer(folder: string, keep: Keep): Promise<string> {
  return await step('Starting the reference server', async () => {
    const server = keep(
      startChild({
        name: 'server',
        script: fileURLToPath(import.meta.resolve('@candor/server/main.js')),
        args: [
          '--data',
          join(folder, 'server'),
          '--listen',
          '127.0.0.1:0',
          '--traefik',
          '--allowBackdating',
          '--logLevel',
          'warn',
        ],
        env: childEnvironment(),
        patience,
      }),
    );
    const line = await server.line(/listening on http/);
    const url = /http:\S+/.exec(line)?.[0] ?? '';
    return { result: url, done: `Reference server with SQLite on ${url}` };
  });
}

async function reportOnce(url: string, folder: string, file: string, keep: Keep): Promise<void> {
  await step('Starting the reference client (first report after 1 s, not 10 min)', async () => {
    const client = keep(
      startChild({
        name: 'client',
        script: fileURLToPath(import.meta.resolve('client/dist/main.js')),
        args: [`--configFile=${file}`],
        env: childEnvironment({
          CANDOR_ENDPOINT: new URL('/v1/reports', url).href,
          CANDOR_STATE: join(folder, 'client'),
          CANDOR_FIRST_REPORT_AFTER: '1s',
        }),
        patience,
      }),
    );
    const line = await client.line(/report \S+ was (accepted|dropped|not accepted)|nothing is reported/);
    const { msg } = JSON.parse(line) as { msg: string };
    const accepted = /report \S+ was accepted \(\d+\)/
      .exec(msg)?.[0]
      ?.replace(/(?<=[\da-f]{12})[\da-f]+/, '…');
    if (accepted === undefined) throw new DemoError('ERR_REPORT', `The client says: ${msg}`);
    const code = await client.stop();
    if (code !== 0) throw new DemoError('ERR_CHILD', `The client ended with code ${String(code)}.`);
    return { result: undefined, done: `R${accepted.slice(1)}` };
  });
}

async function showStored(print: (text: string) => void, queries: Queries, today: string): Promise<void> {
  const { total, counts } = await queries.facts(today);
  if (total !== 1) throw new DemoError('ERR_QUERY', `The server holds ${total} reports instead of one.`);
  print(`\n${pc.bold('What the server stored of it')}\n`);
  print(factTable(counts));
  print('');
}

async function simulateFleet(context: DemoContext, url: string, today: string): Promise<number> {
  const { installations, seed, signal } = context;
  // Whole weeks: from a Monday at least 30 days ago.
  const month = addDays(today, -29);
  const firstDay = addDays(month, -weekday(month));
  const days = 30 + weekday(month);
  return await step(`About ${installations} installations for ${days} days`, async (progress) => {
    const began = performance.now();
    const fleet = inventFleet({ size: installations, days, seed });
    let sent = 0;
    const sender = createSender(url);
    try {
      for (const { day, reports } of makeReports(fleet, firstDay, days)) {
        await sender.send(day, reports, signal);
        sent += reports.length;
        progress(`${day}, ${sent} reports`);
      }
    } finally {
      await sender.close();
    }
    const seconds = (performance.now() - began) / 1000;
    const speed = `${seconds.toFixed(1)} s (${Math.round(sent / seconds)}/s)`;
    return {
      result: sent,
      done: `${fleet.length} installations sent ${sent} reports over ${days} days in ${speed}`,
    };
  });
}

async function check(queries: Queries, today: string, expected: number): Promise<void> {
  const stored = await queries.reports(addDays(today, -40), today);
  if (stored !== expected) {
    throw new DemoError('ERR_QUERY', `The server holds ${stored} reports, but ${expected} were accepted.`);
  }
  if (!(await queries.features()).includes('providers.docker'))
    throw new DemoError('ERR_QUERY', 'The dashboard shows no providers.');
}
