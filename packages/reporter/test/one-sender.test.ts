import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createReporter, type Store } from '../src/index.js';
import { sendRequest } from '../src/transport/send-request.js';
import { startCollector, temporaryDirectory, type TestCollector } from '@candor/testing';
import { reporterOptions, reportsOf } from './support/harness.js';
import { type HostTask, startHost, startSharedStore } from './support/host.js';

/** One state, as a host program is told of it and as a reporter in the test takes it. */
interface Shared {
  readonly task: Pick<HostTask, 'directory' | 'store'>;
  readonly state: string | Store;
}

const places: [string, () => Promise<Shared>][] = [
  [
    'a state directory',
    async () => {
      const directory = await temporaryDirectory();
      return { task: { directory }, state: directory };
    },
  ],
  [
    'a shared store',
    async () => {
      const { url, store } = await startSharedStore();
      return { task: { store: url }, state: store };
    },
  ],
];

// A process that a busy machine holds up for twice as long is taken for dead, and its report is sent once more.
const patience = { total: 15_000 };
const timeouts = { total: 3000 };
const lease = 2 * timeouts.total;
const points = 50;
const atOnce = 4;

function idsOf(collector: TestCollector): string[] {
  return [...new Set(reportsOf(collector).map((report) => report.id))];
}

/** Lets another process find the state when the killed one's time is over; resolves when the period's report is out. */
async function takeOver(endpoint: string, state: string | Store): Promise<void> {
  const now = (): number => Date.now() + lease + 1000;
  const clock = { now, monotonic: () => performance.now() };
  const options = { timeouts, clock, transport: sendRequest, schedule: { first: 1 } };
  const reporter = createReporter(reporterOptions(endpoint, state, options));
  await new Promise<void>((resolve) => {
    reporter.subscribe((event) => {
      if (event.type === 'scheduled' && event.at > now() + 60_000) resolve();
    });
    void reporter.start();
  });
  await reporter.stop();
}

describe('eight processes', () => {
  it('send one report per period, on a state directory and on a shared store', async () => {
    // Both at once: what takes long is to wait until the sender could be taken for dead.
    await Promise.all(
      places.map(async ([name, share]) => {
        const collector = await startCollector();
        const { task } = await share();
        const host = { endpoint: collector.url, timeouts: patience, ...task };
        const hosts = Array.from({ length: 8 }, () => startHost(host));
        await Promise.all(hosts.map((each) => each.line('done')));
        expect(collector.received, name).toHaveLength(1);
      }),
    );
  });
});

describe.each(places)('processes on %s', (_name, share) => {
  it(`send the same report after the sender was killed, at any of ${points} points`, async () => {
    const collector = await startCollector();
    const { task } = await share();
    const whole = await startHost({ endpoint: collector.url, ...task, untilDone: true }).line('done');
    const steps = Number(whole.steps);

    const kills = { beforeRequest: 0, afterRequest: 0 };
    async function killAt(killAt: number): Promise<void> {
      const own = await startCollector();
      const { task, state } = await share();
      await startHost({ endpoint: own.url, ...task, timeouts, killAt, untilDone: true }).ended;
      const arrived = idsOf(own);
      kills[arrived.length === 0 ? 'beforeRequest' : 'afterRequest'] += 1;
      await takeOver(own.url, state);
      expect(idsOf(own)).toHaveLength(1);
      expect(idsOf(own)).toEqual(expect.arrayContaining(arrived));
    }
    const queue = Array.from({ length: points }, (_, index) => Math.ceil(((index + 0.5) / points) * steps));
    const work = async (): Promise<void> => {
      for (let at = queue.shift(); at !== undefined; at = queue.shift()) await killAt(at);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    // The kills fell on both sides of the request.
    expect(kills.beforeRequest).toBeGreaterThan(0);
    expect(kills.afterRequest).toBeGreaterThan(0);
  });

  it.each(['request', 'status', 'answer'])(
    'send the same report after the sender was killed at the %s',
    async (point) => {
      const collector = await startCollector();
      const { task, state } = await share();
      const host = startHost({ endpoint: collector.url, ...task, timeouts, untilDone: true });
      const kill = (): void => void host.child.kill('SIGKILL');
      collector.answer = (response) => {
        if (point === 'request') kill();
        else if (point === 'status') response.writeHead(202).write('x', kill);
        else response.writeHead(202).end(kill);
      };
      await host.ended;
      collector.answer = (response) => void response.writeHead(202).end();
      await takeOver(collector.url, state);
      expect(idsOf(collector)).toHaveLength(1);
    },
  );
});

describe('one process of many threads', () => {
  it('has one sender under cluster', async () => {
    const collector = await startCollector();
    const directory = await temporaryDirectory();
    const host = startHost({ endpoint: collector.url, directory, timeouts: patience, workers: 3 });
    await host.line('done', 3);
    expect(collector.received).toHaveLength(1);
  });

  it('sends from a worker thread', async () => {
    const collector = await startCollector();
    const directory = await temporaryDirectory();
    await startHost({ endpoint: collector.url, directory, thread: true }).line('sent');
    expect(collector.received).toHaveLength(1);
    expect(await readdir(directory)).toContain('reports.jsonl');
  });
});
