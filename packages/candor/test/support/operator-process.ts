import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCollector } from '@candor/collector';
import { fields } from '@candor/schema';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { temporaryDirectory } from '@candor/testing';
import { createAdaptorServer } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { onTestFinished } from 'vitest';
import type { CommandResult } from '../../src/index.js';

const script = fileURLToPath(new URL('operator-host.mjs', import.meta.url));

/** What a host's command line is given: where reports go, where the state is, and options that differ. */
export type HostTask = Readonly<Record<string, unknown>> & {
  readonly endpoint: string;
  readonly state: string;
};

/** Runs a command of the operator in a process of its own, which must say nothing on its standard error. */
export async function runHost(task: HostTask, ...words: string[]): Promise<CommandResult> {
  return await new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [script, JSON.stringify(task), ...words],
      (error, output, stderr) => {
        const code = child.exitCode;
        if (stderr !== '' || (code !== 0 && code !== 1 && code !== 2)) {
          reject(new Error(`exit code ${code}: ${stderr}`, { cause: error }));
        } else resolve({ code, output });
      },
    );
  });
}

/** A collector over SQLite behind a real socket. */
export interface RealCollector {
  readonly url: string;
  /** Returns how many reports of today are stored. */
  stored(): Promise<number>;
}

/** Starts a collector that ends with the test; it knows the command line's field list unless it `knows` nothing of it. */
export async function startRealCollector({ knows = true } = {}): Promise<RealCollector> {
  const storage = await createSqliteStorage({ path: join(await temporaryDirectory(), 'reports.db') });
  const port = { type: 'integer', export: true };
  const list = fields({ type: 'object', export: true, properties: knows ? { port } : {} });
  const collector = createCollector({
    storage,
    products: [{ product: 'gateway', fieldLists: [list] }],
    peerAddress: (c) => getConnInfo(c).remote.address,
  });
  const server = createAdaptorServer({ fetch: collector.app.fetch }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await collector.close();
    await storage.close();
  });
  const day = new Date().toISOString().slice(0, 10);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/reports`,
    async stored() {
      await collector.flush();
      const query = { product: 'gateway', from: day, to: day, period: 'day', unit: 'reports', by: 'nothing' };
      const { periods } = await storage.count(query as Parameters<typeof storage.count>[0]);
      return periods.reduce((sum, { total }) => sum + total, 0);
    },
  };
}
