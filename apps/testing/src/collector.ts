import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

/** Creates a directory that is removed when the test ends. */
export async function temporaryDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'candor-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** A request that a collector received. */
export interface Received {
  /** The body as it was before compression. */
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

/** A server on loopback that records requests, and answers as configured: 202 by default. */
export interface TestCollector {
  readonly url: string;
  readonly received: Received[];
  answer: (response: ServerResponse) => void;
  /** Resolves when this many requests have arrived. */
  reached(count: number): Promise<void>;
}

/** Starts a collector that ends with the test. */
export async function startCollector(): Promise<TestCollector> {
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const isPacked = request.headers['content-encoding'] === 'gzip';
      collector.received.push({
        text: (isPacked ? gunzipSync(body) : body).toString(),
        headers: request.headers,
      });
      collector.answer(response);
      for (const { count, resolve } of waiting) if (collector.received.length >= count) resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const collector: TestCollector = {
    url: `http://127.0.0.1:${port}/v1/reports`,
    received: [],
    answer: (response) => void response.writeHead(202).end(),
    reached: (count) =>
      new Promise((resolve) => {
        if (collector.received.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
  return collector;
}
