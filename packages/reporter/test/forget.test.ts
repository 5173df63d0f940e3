import { readFile, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { startCollector, temporaryDirectory } from '@candor/testing';
import { describe, expect, it } from 'vitest';
import { createReporter, type TransportRequest } from '../src/index.js';
import { sendRequest } from '../src/transport/send-request.js';
import { reporterOptions } from './support/harness.js';

describe('forget', () => {
  it('leaves a report that is under way, which would arrive after its erasure', async () => {
    const collector = await startCollector();
    const directory = await temporaryDirectory();
    const open = () => createReporter(reporterOptions(collector.url, directory, { transport: sendRequest }));
    let release: ServerResponse | undefined;
    collector.answer = (response) => (release = response);
    const sending = open().reportNow();
    await collector.reached(1);
    const endpoint = collector.url;
    expect(await open().forget()).toMatchObject({
      erased: 0,
      left: 1,
      failures: [{ endpoint, reason: 'under way' }],
    });
    release?.writeHead(202).end();
    expect(await sending).toMatchObject({ result: 'accepted' });
    collector.answer = (response) => void response.writeHead(204).end();
    expect(await open().forget()).toEqual({ erased: 1, left: 0, failures: [] });
    expect(collector.received).toHaveLength(2);
    expect((await open().log()).at(-1)).toMatchObject({ event: 'forgotten', endpoint });
  });

  it('asks for the newest report first, below the path of its endpoint', async () => {
    const asked: TransportRequest[] = [];
    const reporter = createReporter(
      reporterOptions('https://usage.example/candor/v1/reports/?tenant=1', await temporaryDirectory(), {
        transport: (request) => {
          asked.push(request);
          return Promise.resolve({
            kind: 'answer',
            status: asked.length > 2 ? 204 : 202,
            retryAfter: undefined,
          });
        },
      }),
    );
    const [first, second] = [await reporter.reportNow(), await reporter.reportNow()];
    expect(await reporter.forget()).toMatchObject({ erased: 2 });
    expect(asked.slice(2).map(({ url, method }) => [url, method])).toEqual(
      [second, first].map(({ id }) => [`https://usage.example/candor/v1/reports/${id}?tenant=1`, 'DELETE']),
    );
  });

  it('sends nothing that an edited log names in place of a secret, and asks no endpoint that is none', async () => {
    const collector = await startCollector();
    const directory = await temporaryDirectory();
    const reporter = createReporter(reporterOptions(collector.url, directory, { transport: sendRequest }));
    await reporter.reportNow();
    const log = join(directory, 'reports.jsonl');
    const text = await readFile(log, 'utf8');
    await writeFile(log, text.replace(/"secret":"[0-9a-f]{64}"/, '"secret":"hunter2"'));
    expect(await reporter.forget()).toEqual({ erased: 0, left: 0, failures: [] });
    await writeFile(log, text.replace(/"endpoint":"[^"]*"/, '"endpoint":"file:///hunter2"'));
    expect(await reporter.forget()).toMatchObject({ erased: 0, left: 1, failures: [{ reason: 'endpoint' }] });
    expect(collector.received).toHaveLength(1);
  });
});
