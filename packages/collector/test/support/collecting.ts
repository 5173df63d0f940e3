import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DayStorage } from '@candor/storage';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { onTestFinished } from 'vitest';
import { type Collector, type CollectorOptions, createCollector } from '../../src/index.js';
import { sampleFields } from './sample.js';

/** A collector over a SQLite file that goes with the test. */
export interface Collecting {
  readonly collector: Collector;
  readonly storage: DayStorage;
  readonly errors: Error[];
  post(
    body: NonNullable<RequestInit['body']>,
    headers?: Record<string, string>,
    path?: string,
  ): Promise<Response>;
  /** Posts a value as JSON. */
  send(value: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  json<Answer>(path: string): Promise<Answer>;
  /** Everything that is on disk. */
  files(): Buffer;
}

/** A fixed time: 2026-11-24T12:00:00Z, a Tuesday. */
export const noon = Date.UTC(2026, 10, 24, 12);

/** Starts a collector of the sample product. `around` may watch the storage. */
export async function collecting(
  options: Partial<CollectorOptions> = {},
  around: (storage: DayStorage) => DayStorage = (storage) => storage,
): Promise<Collecting> {
  const folder = mkdtempSync(join(tmpdir(), 'candor-collector-'));
  const storage = await createSqliteStorage({ path: join(folder, 'reports.db') });
  const errors: Error[] = [];
  const collector = createCollector({
    storage: around(storage),
    products: [{ product: 'gateway', fieldLists: [sampleFields] }],
    peerAddress: () => '127.0.0.1',
    networkLimits: false,
    clock: () => noon,
    onError: (error) => errors.push(error),
    ...options,
  });
  onTestFinished(async () => {
    await collector.close();
    await storage.close();
    rmSync(folder, { recursive: true });
  });
  const { app } = collector;
  const post: Collecting['post'] = async (body, headers = {}, path = '/v1/reports') =>
    app.request(path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    });
  const get: Collecting['get'] = async (path, headers = {}) => app.request(path, { headers });
  return {
    collector,
    storage,
    errors,
    post,
    get,
    send: (value, headers) => post(JSON.stringify(value), headers),
    async json<Answer>(path: string) {
      return (await (await get(path)).json()) as Answer;
    },
    files: () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name)))),
  };
}
