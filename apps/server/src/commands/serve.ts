import cluster from 'node:cluster';
import { pino } from 'pino';
import { type Server, startServer } from '../start-server.js';
import type { Settings } from '../settings/read-settings.js';
import { startPrimary } from '../workers/primary.js';
import { runWorker } from '../workers/worker.js';

/** After how many milliseconds a stopping server is ended; what it has acknowledged is durable. */
const patience = 9_500;

/**
 * Serves until SIGTERM or SIGINT. A second signal ends the process at once. SIGHUP reads the products again, with the
 * settings of products that `reread` returns.
 */
export async function serveCommand(settings: Settings, reread: () => Settings): Promise<void> {
  // The URL is for people and goes to stdout; the log is for machines.
  const log = pino({ level: settings.logLevel, base: undefined }, pino.destination({ fd: 2, sync: true }));
  if (cluster.isWorker) return await runWorker({ settings, reread, log });
  const start = settings.workers > 1 ? startPrimary : startServer;
  const server = await start({ settings, reread, log });
  const end = ended(server);
  process.stdout.write(`Candor is listening on ${server.url}\n`);
  await end;
  setTimeout(() => process.exit(0), patience).unref();
  await server.stop();
}

/** Resolves on the first signal to end. A second one ends the process, and SIGHUP reads the products again. */
async function ended(server: Server): Promise<void> {
  process.on('SIGHUP', () => void server.reload());
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
}
