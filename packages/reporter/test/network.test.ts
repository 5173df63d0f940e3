import { once } from 'node:events';
import { createServer } from 'node:net';
import type { ServerResponse } from 'node:http';
import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeCertificate, startCollector, temporaryDirectory } from '@candor/testing';
import { systemClock } from '../src/clock.js';
import { createReporter, type Reporter, type ReporterEvent, type ReporterOptions } from '../src/index.js';
import { sendRequest } from '../src/transport/send-request.js';
import { createWorkerTransport } from '../src/transport/worker-transport.js';
import { type TestTime, day, hour, minute, nextEvent, reporterOptions, testTime } from './support/harness.js';
import { canTest } from './support/needs.js';
import { startProxy, startServer, startTcpServer } from './support/servers.js';

const start = Date.UTC(2026, 10, 24, 12);
const hasIPv6 = canTest(
  Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1')),
  'a collector that has IPv6 only: needs a loopback of IPv6',
);

interface Scene {
  readonly reporter: Reporter;
  readonly events: ReporterEvent[];
  readonly time: TestTime;
  /** When each request went, in minutes after the first. */
  minutes(): number[];
}

/** A reporter over real sockets, whose clock stands still until it is moved; jitter is in the middle. */
async function scene(endpoint: string, more: Partial<ReporterOptions> = {}): Promise<Scene> {
  const time = testTime(start);
  const at: number[] = [];
  const options: Partial<ReporterOptions> = {
    clock: time.clock,
    timers: time.timers,
    random: () => 0.5,
    timeouts: { total: 10_000 },
    transport: (outgoing, signal) => {
      at.push(time.clock.monotonic());
      return sendRequest(outgoing, signal);
    },
    ...more,
  };
  const reporter = createReporter(reporterOptions(endpoint, await temporaryDirectory(), options));
  const events: ReporterEvent[] = [];
  reporter.subscribe((event) => events.push(event));
  onTestFinished(() => reporter.stop());
  await reporter.start();
  return { reporter, events, time, minutes: () => at.map((each) => (each - (at[0] ?? 0)) / minute) };
}

/** What the host sees of all requests of a day, plans left out. */
async function dayOf({ time, events }: Scene): Promise<string[]> {
  await time.pass(10 * minute, () => time.armed() > 0 || events.at(-1)?.type === 'disabled');
  await time.pass(day - 10 * minute - 1, () => time.armed() > 0 || events.at(-1)?.type === 'disabled');
  return events.flatMap((event) => {
    if (event.type === 'scheduled') return [];
    if (event.type === 'sent') return [`sent ${event.status}`];
    return [`${event.type} ${'reason' in event ? event.reason : ''}`];
  });
}

/** Exponential from a minute to six hours, each time the middle; nine requests, since the others are new reports'. */
const backoffMinutes = [0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 63.5, 127.5];

async function httpServer(answer: (response: ServerResponse) => void): Promise<string> {
  return `http://127.0.0.1:${(await startServer(answer)).port}/v1/reports`;
}

async function closedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/v1/reports`;
}

describe('a collector that takes no report is asked nine times a day, at growing distances', () => {
  it.each<[name: string, reason: string, endpoint: () => Promise<string>, more?: Partial<ReporterOptions>]>([
    ['refuses the connection', 'ECONNREFUSED', closedPort],
    [
      'shows a certificate that nobody vouches for',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      async () => {
        const { port } = await startServer(undefined, { tls: await makeCertificate() });
        return `https://localhost:${port}/v1/reports`;
      },
    ],
    [
      'accepts the connection and never answers',
      'ERR_TIMEOUT',
      async () => `http://127.0.0.1:${(await startTcpServer(() => {})).port}/`,
      { timeouts: { total: 100 } },
    ],
    [
      'answers a byte at a time',
      'ERR_TIMEOUT',
      async () => {
        const { port } = await startTcpServer((socket) => {
          const bytes = [...'HTTP/1.1 202 Accepted\r\nx: '];
          const timer = setInterval(() => void socket.write(bytes.shift() ?? 'x'), 10);
          socket.on('close', () => clearInterval(timer));
        });
        return `http://127.0.0.1:${port}/`;
      },
      { timeouts: { total: 100 } },
    ],
    [
      'resets the connection in the middle of the head',
      'ECONNRESET|UND_ERR_SOCKET',
      async () => {
        const { port } = await startTcpServer((socket) =>
          socket.once('data', () => socket.write('HTTP/1.1 202 Acc', () => socket.resetAndDestroy())),
        );
        return `http://127.0.0.1:${port}/`;
      },
    ],
    ...[408, 429, 500, 502, 503].map((status): [string, string, () => Promise<string>] => [
      `answers ${status}`,
      String(status),
      () => httpServer((response) => void response.writeHead(status).end()),
    ]),
  ])('when it %s: the host sees %s', async (_name, reason, endpoint, more) => {
    const at = await scene(await endpoint(), more);
    const seen = (type: string): unknown => expect.stringMatching(new RegExp(`^${type} (${reason})$`));
    expect(await dayOf(at)).toEqual([...backoffMinutes.map(() => seen('retrying')), seen('dropped')]);
    expect(at.minutes()).toEqual(backoffMinutes);
    const retrying = at.events.filter((event) => event.type === 'retrying');
    expect(new Set(retrying.map(({ id }) => id)).size).toBe(1);
    expect(await at.reporter.status()).toMatchObject({ pending: false, requests: 9, last: null });
  });

  it('when its name is not known', async () => {
    const { reporter, events, time, minutes } = await scene('https://usage.invalid/v1/reports');
    await time.pass(10 * minute);
    await time.pass(minute / 2);
    expect(minutes()).toEqual([0, 0.5]);
    // A machine without a name server gives another reason than one whose server knows no such name.
    const reason = expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEOUT|ESERVFAIL)$/) as string;
    expect(events.filter(({ type }) => type === 'retrying')).toMatchObject([{ reason }, { reason }]);
    await reporter.stop();
  });

  it('over any restarts, and any 24 hours', async () => {
    const directory = await temporaryDirectory();
    const time = testTime(start);
    const at: number[] = [];
    const options: Partial<ReporterOptions> = {
      clock: time.clock,
      timers: time.timers,
      transport: () => {
        at.push(time.clock.now());
        return Promise.resolve({ kind: 'failure', code: 'ECONNREFUSED' });
      },
    };
    for (let restart = 0; restart < 60; restart += 1) {
      const reporter = createReporter(reporterOptions('https://usage.example/', directory, options));
      await reporter.start();
      await time.pass(hour);
      await reporter.stop();
    }
    // Two and a half days.
    expect(at.length).toBeGreaterThan(20);
    for (const [index, each] of at.entries()) {
      const thirteenth = at[index + 12];
      if (thirteenth !== undefined) expect(thirteenth - each).toBeGreaterThanOrEqual(day);
    }
  });
});

describe('a collector that says when it wants to be asked', () => {
  const asked: [name: string, header: string, minutes: number][] = [
    ['in seconds', '5400', 6 * 60],
    ['by a date', new Date(start + 10 * minute + 50 * minute).toUTCString(), 60],
    ['by a date that is past', new Date(start - day).toUTCString(), 0.5],
    ['in no time', '0', 0.5],
    ['in words', 'later', 0.5],
  ];
  const cases = [429, 503].flatMap((status) => asked.map(([...each]) => [...each, status] as const));

  it.each(cases)('%s (%s) is asked after %d minutes (%i)', async (_name, header, expected, status) => {
    const endpoint = await httpServer((response) => {
      response.writeHead(status, { 'retry-after': header }).end();
    });
    const at = await scene(endpoint);
    await at.time.pass(10 * minute);
    // What it asks for is stretched by up to a tenth, here by the middle of that, before the usual half minute.
    const wait = expected < 1 ? expected : expected * 1.05 + 0.5;
    const { at: planned } = at.events.find((event) => event.type === 'retrying') ?? { at: 0 };
    expect((planned - start) / minute - 10).toBe(wait);
    await at.time.pass(wait * minute - 1);
    expect(at.minutes()).toEqual([0]);
    await at.time.pass(1);
    expect(at.minutes()).toEqual([0, wait]);
  });
});

describe('a collector that asks for more than the rest of the day', () => {
  it.each(['43201', '315360000', 'Fri, 31 Dec 9999 23:59:59 GMT'])(
    'gets the next report at a time that it did not choose (%s)',
    async (header) => {
      const endpoint = await httpServer((response) => {
        response.writeHead(503, { 'retry-after': header }).end();
      });
      const at = await scene(endpoint);
      expect(await dayOf(at)).toEqual(['dropped 503']);
      expect(at.minutes()).toEqual([0]);
      await at.time.pass(1);
      expect(at.minutes()).toEqual([0, (day - 10 * minute) / minute]);
    },
  );
});

describe('a collector that is asked once', () => {
  it.each<[name: string, seen: string, answer: (response: ServerResponse) => void]>([
    ['answers 202', 'sent 202', (response) => response.writeHead(202).end()],
    ['answers 200 with garbage', 'sent 200', (response) => response.writeHead(200).end('\u0000}{')],
    [
      'answers 202 and resets the connection in the middle of the body',
      'sent 202',
      (response) => {
        response.writeHead(202, { 'content-length': 1000 });
        response.write('half', () => response.socket?.resetAndDestroy());
      },
    ],
    [
      'answers 100 MB',
      'sent 200',
      (response) => {
        response.writeHead(200, { 'content-length': 100 * 2 ** 20 });
        response.write(Buffer.alloc(2 ** 20));
        response.on('drain', () => response.write(Buffer.alloc(2 ** 20)));
      },
    ],
    ...[301, 400, 401, 403, 404, 413, 422].map((status): [string, string, (r: ServerResponse) => void] => [
      `answers ${status}`,
      `dropped ${status}`,
      (response) => response.writeHead(status).end(),
    ]),
  ])('when it %s: the host sees %s', async (_name, seen, answer) => {
    const at = await scene(await httpServer(answer));
    expect(await dayOf(at)).toEqual([seen]);
    expect(await at.reporter.status()).toMatchObject({ pending: false, requests: 1 });
    expect((await at.reporter.status()).next).toBe(start + day);
  });

  it('when it answers 410, which ends reporting', async () => {
    const at = await scene(await httpServer((response) => void response.writeHead(410).end()));
    expect(await dayOf(at)).toEqual(['dropped 410', 'disabled gone']);
    expect(await at.reporter.status()).toMatchObject({ gone: true, next: null });
  });

  it.each([301, 302, 303, 307, 308])('when it answers %i to elsewhere, where nobody goes', async (status) => {
    const elsewhere = await startCollector();
    const at = await scene(
      await httpServer((response) => void response.writeHead(status, { location: elsewhere.url }).end()),
    );
    expect(await dayOf(at)).toEqual([`dropped ${status}`]);
    expect(elsewhere.received).toEqual([]);
  });

  it.skipIf(!hasIPv6)('when it has IPv6 only', async () => {
    const server = await startServer(undefined, { host: '::1' });
    const at = await scene(`http://[::1]:${server.port}/v1/reports`);
    expect(await dayOf(at)).toEqual(['sent 202']);
    expect(server.requests).toHaveLength(1);
  });
});

describe('the worker thread', () => {
  const built = createWorkerTransport({
    file: () => new URL('../dist/transport/candor-transport-worker.js', import.meta.url),
  });
  // Real time, on a day that does not end while the test runs.
  const begun = Date.now();
  const clock = { ...systemClock, now: () => start + Date.now() - begun };
  const now = { clock, timers: undefined, schedule: { first: 1 } };

  it('goes by the proxy of the environment, and trusts the certificates of the option', async () => {
    const tls = await makeCertificate();
    const server = await startServer(undefined, { tls });
    const proxy = await startProxy();
    const endpoint = `https://usage.example:${server.port}/v1/reports`;
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: 'other.example' };
    const { reporter } = await scene(endpoint, { ...now, transport: built, env, ca: tls.cert });
    expect(await nextEvent(reporter, 'sent')).toMatchObject({ status: 202 });
    expect(proxy.tunnels).toEqual([`usage.example:${server.port}`]);
  });

  it('goes past the proxy where NO_PROXY of the environment says so', async () => {
    const tls = await makeCertificate();
    const server = await startServer(undefined, { tls });
    const proxy = await startProxy();
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: 'localhost' };
    const endpoint = `https://localhost:${server.port}/v1/reports`;
    const { reporter } = await scene(endpoint, { ...now, transport: built, env, ca: tls.cert });
    expect(await nextEvent(reporter, 'sent')).toMatchObject({ status: 202 });
    expect(proxy.tunnels).toEqual([]);
  });

  it('tells the status and when to ask again', async () => {
    const endpoint = await httpServer((response) => {
      response.writeHead(503, { 'retry-after': '3600' }).end();
    });
    const { reporter } = await scene(endpoint, { ...now, transport: built });
    const { at, reason } = await nextEvent(reporter, 'retrying');
    expect(reason).toBe('503');
    expect(at).toBeGreaterThan(clock.now() + hour - minute);
  });

  it('tells why there was no answer', async () => {
    const { reporter } = await scene(await closedPort(), { ...now, transport: built });
    expect(await nextEvent(reporter, 'retrying')).toMatchObject({ reason: 'ECONNREFUSED' });
  });

  it('is ended when the reporter stops, and its connection with it', async () => {
    let closed = (): void => {};
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    let asked = (): void => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const { port } = await startTcpServer((socket) => socket.on('close', closed).once('data', asked));
    const more = { ...now, transport: built, timeouts: { total: 600_000 } };
    const { reporter } = await scene(`http://127.0.0.1:${port}/`, more);
    await isAsked;
    await reporter.stop();
    await isClosed;
  });
});
