import { pino } from 'pino';
import { processArguments, processEnvironment } from './env.js';
import { readSettings } from './settings.js';
import { startServer } from './start-server.js';

/** Errors that say what to do; any other is a defect and shows its stack. */
function isExpected(error: unknown): error is Error {
  return (
    error instanceof Error &&
    /^ERR_(OPTION|DATA|PORT|LISTEN|FIELD|PRODUCT|STORAGE)/.test(String((error as { code?: unknown }).code))
  );
}

async function main(): Promise<void> {
  const settings = readSettings(processArguments(), processEnvironment());
  if (settings === undefined) return;
  const { logLevel, ...options } = settings;
  // The URL is for people and goes to stdout; the log is for machines.
  const log = pino({ level: logLevel, base: undefined }, pino.destination({ fd: 2, sync: true }));
  const server = await startServer({ ...options, log });
  process.stdout.write(`Candor is listening on ${server.url}\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  await server.stop();
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${isExpected(error) ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
