import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Report } from '@candor/protocol';
import { onTestFinished } from 'vitest';
import type { ReporterEvent, ReporterOptions, Timers } from '../../src/index.js';

/** A new directory that goes when the test ends. */
export async function temporaryDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'candor-reporter-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** What a collector got. */
export interface Received {
  readonly report: Report;
  readonly headers: IncomingMessage['headers'];
}

/** A collector on loopback that answers as told, 202 unless told otherwise. */
export interface TestCollector {
  readonly url: string;
  readonly received: Received[];
  answer: (response: ServerResponse, request: IncomingMessage) => void;
}

/** Starts a collector that ends with the test. */
export async function startCollector(host = '127.0.0.1'): Promise<TestCollector> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const report = JSON.parse(gunzipSync(Buffer.concat(chunks)).toString()) as Report;
      received.push({ report, headers: request.headers });
      collector.answer(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const collector: TestCollector = {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/v1/reports`,
    received,
    answer: (response) => void response.writeHead(202).end(),
  };
  return collector;
}

/** Options of a reporter of a released gateway, whose configuration a test may change. */
export function reporterOptions(
  endpoint: string,
  state: ReporterOptions['state'],
  more: Partial<ReporterOptions> = {},
): ReporterOptions {
  return {
    product: 'gateway',
    version: '1.2.3',
    endpoint,
    consent: 'on',
    fields: { digest: 'f'.repeat(64), fields: [{ path: 'api', leaves: 'as it is' }] },
    content: ({ key, comparisonKey }) => ({
      configuration: { api: true },
      hash: Buffer.from(key).toString('hex').slice(0, 32),
      comparison: Buffer.from(comparisonKey).toString('hex'),
    }),
    env: {},
    state,
    ...more,
  };
}

/** A clock and timers that stand still until a test moves them. */
export interface TestTime {
  readonly clock: { now(): number; steady(): number };
  readonly timers: Timers;
  /** Lets time pass, running each timer when it is due, until what it started is `settled` (armed the next). */
  pass(ms: number, settled?: () => boolean): Promise<void>;
  /** Sets the wall clock, as an administrator does. */
  set(now: number): void;
  armed(): number;
}

/** Creates a clock that shows `now`. */
export function testTime(now: number = Date.UTC(2026, 0, 1)): TestTime {
  let wall = now;
  let steady = 1000;
  const waiting = new Set<{ at: number; run: () => void }>();
  return {
    clock: { now: () => wall, steady: () => steady },
    timers: {
      after(delay, run): () => void {
        const timer = { at: steady + delay, run };
        waiting.add(timer);
        return () => waiting.delete(timer);
      },
    },
    async pass(ms, settled = () => waiting.size > 0): Promise<void> {
      const end = steady + ms;
      for (;;) {
        const next = [...waiting].sort((a, b) => a.at - b.at)[0];
        if (next === undefined || next.at > end) break;
        waiting.delete(next);
        const step = Math.max(0, next.at - steady);
        steady += step;
        wall += step;
        next.run();
        while (!settled()) await new Promise((resolve) => setImmediate(resolve));
      }
      wall += end - steady;
      steady = end;
    },
    set: (now) => {
      wall = now;
    },
    armed: () => waiting.size,
  };
}

/** Waits for the next event of a type. */
export function nextEvent<T extends ReporterEvent['type']>(
  reporter: { subscribe(listener: (event: ReporterEvent) => void): () => void },
  type: T,
): Promise<Extract<ReporterEvent, { type: T }>> {
  return new Promise((resolve) => {
    const end = reporter.subscribe((event) => {
      if (event.type !== type) return;
      end();
      resolve(event as Extract<ReporterEvent, { type: T }>);
    });
  });
}
