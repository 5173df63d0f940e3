import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startCollector, temporaryDirectory } from '@candor/testing';
import { describe, expect, it } from 'vitest';
import { defaultTimeouts, type TransportRequest } from '../src/transport/transport.js';
import { proxySettings } from '../src/transport/proxy-settings.js';
import { createWorkerTransport } from '../src/transport/worker-transport.js';

const never = new AbortController().signal;

function requestTo(url: string): TransportRequest {
  const body = new TextEncoder().encode('{"format":1,"note":"s3cret"}');
  return { url, body, proxy: proxySettings({}), timeouts: defaultTimeouts, ca: undefined };
}

/** Scripts that a bundler, or the host, may have left where the worker's file should be. */
const others: [string, string, string][] = [
  ['is missing', 'missing.js', ''],
  ['is CommonJS by its folder, and dies of a SyntaxError', 'worker.cjs', "import 'node:fs';"],
  ['throws', 'worker.mjs', "throw new Error('not me');"],
  ['imports what is not there', 'worker.mjs', "import 'nowhere-to-be-found';"],
  ['ends at once', 'worker.mjs', ''],
  [
    'is the host’s own',
    'worker.mjs',
    `import { parentPort } from 'node:worker_threads';
     import { appendFileSync } from 'node:fs';
     parentPort.on('message', (message) => appendFileSync(new URL('seen', import.meta.url), JSON.stringify(message)));
     parentPort.postMessage({ hello: 'host' });`,
  ],
];

describe('a worker file that', () => {
  it.each(others)('%s gets nothing, and the report goes inline', async (_name, name, source) => {
    const collector = await startCollector();
    const directory = await temporaryDirectory();
    if (name !== 'missing.js') await writeFile(join(directory, name), source);
    let fallbacks = 0;
    const transport = createWorkerTransport({
      file: () => pathToFileURL(join(directory, name)),
      onFallback: () => (fallbacks += 1),
    });
    for (const count of [1, 2]) {
      expect(await transport(requestTo(collector.url), never)).toMatchObject({ kind: 'answer', status: 202 });
      expect(collector.received).toHaveLength(count);
    }
    // Said once, and not tried again.
    expect(fallbacks).toBe(1);
    const { readdir } = await import('node:fs/promises');
    expect(await readdir(directory)).not.toContain('seen');
  });

  it('cannot even be named, as in a bundle without import.meta.url, is no failure either', async () => {
    const collector = await startCollector();
    const transport = createWorkerTransport({
      file: () => new URL('./candor-transport-worker.js', undefined as unknown as string),
    });
    expect(await transport(requestTo(collector.url), never)).toMatchObject({ status: 202 });
  });

  it('is ours sends the report', async () => {
    const collector = await startCollector();
    let fallbacks = 0;
    const transport = createWorkerTransport({
      file: () => new URL('../dist/transport/candor-transport-worker.js', import.meta.url),
      onFallback: () => (fallbacks += 1),
    });
    expect(await transport(requestTo(collector.url), never)).toMatchObject({ status: 202 });
    expect(fallbacks).toBe(0);
  });
});
