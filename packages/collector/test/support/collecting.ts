import { type CountPeriod, type CountQuery, type CountResult, formatCountQuery } from '@candor/protocol';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from '@candor/storage';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { onTestFinished } from 'vitest';
import { type Collector, type CollectorOptions, createCollector } from '../../src/index.js';
import { sampleFields } from './sample.js';

/** A collector over a SQLite file that goes with the test. */
export interface Collecting {
  readonly collector: Collector;
  readonly storage: Storage;
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
  /** Asks over HTTP; without another range for the reports of 24 November 2026. */
  count(query?: Partial<CountQuery>): Promise<CountResult['periods']>;
  /** The facts of that day at or below a path, with how many reports have them. */
  facts(path?: string): Promise<CountPeriod['counts']>;
  /** Everything that is on disk. */
  files(): Buffer;
}

/** A fixed time: 2026-11-24T12:00:00Z, a Tuesday. */
export const noon = Date.UTC(2026, 10, 24, 12);

/** Starts a collector of the sample product. `around` may watch the storage. */
export async function collecting(
  options: Partial<CollectorOptions> = {},
  around: (storage: Storage) => Storage = (storage) => storage,
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
  const json = async <Answer>(path: string): Promise<Answer> => (await (await get(path)).json()) as Answer;
  const count: Collecting['count'] = async (query = {}) => {
    const usual = {
      from: '2026-11-24',
      to: '2026-11-24',
      period: 'day',
      unit: 'reports',
      by: 'nothing',
    } as const;
    const search = formatCountQuery({ ...usual, ...query });
    return (await json<CountResult>(`/v1/products/gateway/count?${search}`)).periods;
  };
  return {
    collector,
    storage,
    errors,
    post,
    get,
    send: (value, headers) => post(JSON.stringify(value), headers),
    json,
    count,
    facts: async (path) => (await count({ by: 'path', path }))[0]?.counts ?? [],
    files: () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name)))),
  };
}
