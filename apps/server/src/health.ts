import { access, constants, statfs } from 'node:fs/promises';
import type { Collector } from '@candor/collector';
import { Hono } from 'hono';

/** With less free space, in bytes, a disk counts as full. */
const leastSpace = 16 * 1024 * 1024;

/**
 * Creates `/healthz`, which says that the process answers, and `/readyz`, which says whether it can take reports: 503
 * with the reasons if not.
 */
export function healthRoutes(problems: () => Promise<readonly string[]>): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const found = await problems();
    c.header('cache-control', 'no-store');
    if (found.length === 0) return c.json({ status: 'ready' });
    return c.json({ status: 'not ready', problems: found }, 503);
  });
  return app;
}

/** Resolves to the reasons why reports cannot be stored; `folder` is that of the embedded store, if it is used. */
export async function findProblems(
  collector: Pick<Collector, 'problems'>,
  folder: string | undefined,
): Promise<readonly string[]> {
  const found = await collector.problems();
  return folder === undefined ? found : [...found, ...(await folderProblems(folder))];
}

async function folderProblems(folder: string): Promise<string[]> {
  try {
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize < leastSpace ? ['The disk of the data folder is full.'] : [];
  } catch (error) {
    return [`The data folder cannot be written (${(error as NodeJS.ErrnoException).code}).`];
  }
}
