import { channel } from 'node:diagnostics_channel';
import { readdir, readFile, stat } from 'node:fs/promises';
import { uptime } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createReporter,
  type Reporter,
  type ReportContent,
  type ReporterEvent,
  type ReporterOptions,
  type Transport,
} from '../src/index.js';
import { createCore } from '../src/run/core.js';
import { defaultDirectory } from '../src/state/default-directory.js';
import { defaultSchedule } from '../src/schedule/schedule.js';
import { initialState } from '../src/state/state.js';
import { sendRequest } from '../src/transport/send-request.js';
import { startCollector, temporaryDirectory, type TestCollector } from '@candor/testing';
import {
  nextEvent,
  reporterOptions,
  reportsOf,
  stillClock,
  testTime,
  type TestTime,
} from './support/harness.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

interface Scene {
  readonly collector: TestCollector;
  readonly directory: string;
  readonly time: TestTime;
  readonly events: ReporterEvent[];
  /** Another process of the same installation, or the same after a restart. */
  open(more?: Partial<ReporterOptions>): Reporter;
}

/** A collector, a state directory and a clock that stands still; jitter is in the middle. */
async function scene(shared: Partial<ReporterOptions> = {}): Promise<Scene> {
  const collector = await startCollector();
  const directory = join(await temporaryDirectory(), 'usage');
  const time = testTime(Date.UTC(2026, 10, 24, 12));
  const events: ReporterEvent[] = [];
  const common = {
    clock: time.clock,
    timers: time.timers,
    random: () => 0.5,
    transport: sendRequest,
    ...shared,
  };
  return {
    collector,
    directory,
    time,
    events,
    open(more): Reporter {
      const reporter = createReporter(reporterOptions(collector.url, directory, { ...common, ...more }));
      reporter.subscribe((event) => events.push(event));
      onTestFinished(() => reporter.stop());
      return reporter;
    },
  };
}

function typesOf(events: readonly ReporterEvent[]): string[] {
  return events.map((event) => event.type);
}

describe('a started reporter', () => {
  it('sends the report that it previewed after ten minutes, and the next a day later', async () => {
    const { collector, directory, time, events, open } = await scene();
    const reporter = open();
    const preview = JSON.parse(new TextDecoder().decode(await reporter.preview())) as unknown;
    await expect(readdir(directory)).rejects.toThrow('ENOENT');
    await reporter.start();
    await time.pass(10 * minute - 1);
    expect(collector.received).toHaveLength(0);
    await time.pass(1);
    expect(reportsOf(collector)).toEqual([preview]);
    // The middle of the next UTC day.
    await time.pass(day - 10 * minute - 1);
    expect(collector.received).toHaveLength(1);
    await time.pass(1);
    expect(collector.received).toHaveLength(2);
    expect(typesOf(events)).toEqual(['scheduled', 'sent', 'scheduled', 'sent', 'scheduled']);
    expect(await reporter.status()).toMatchObject({
      mode: 'on',
      decidedBy: 'configuration',
      endpoint: collector.url,
      endpointFrom: 'configuration',
      last: time.clock.now(),
      next: time.clock.now() + day,
      lastReport: { result: 'accepted', reason: '202', remedy: null },
      pending: false,
      requests: 2,
      directory,
      warning: null,
    });
    expect((await reporter.log()).map(({ event }) => event)).toEqual([
      'sending',
      'accepted',
      'sending',
      'accepted',
    ]);
  });

  it('leaves nothing behind from day to day that Node would warn of', async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error): void => void warnings.push(warning);
    process.on('warning', listen);
    onTestFinished(() => void process.off('warning', listen));
    const { collector, time, open } = await scene();
    await open().start();
    for (let passed = 0; passed < 20; passed += 1) await time.pass(day);
    expect(collector.received).toHaveLength(21);
    expect(warnings).toEqual([]);
  });

  it('does not report again when it is restarted within the period', async () => {
    const { collector, time, open } = await scene();
    for (let restart = 0; restart < 10; restart += 1) {
      const reporter = open();
      await reporter.start();
      await time.pass(2 * hour);
      await reporter.stop();
    }
    expect(collector.received).toHaveLength(1);
  });

  it('tells first of day, week and month, age and change', async () => {
    const { collector, time, open } = await scene();
    let changes = 0;
    const content: ReporterOptions['buildContent'] = ({ comparisonKey }) => ({
      configuration: {},
      hash: '0'.repeat(32),
      comparison: ((comparisonKey[0] ?? 0) ^ changes).toString(16).padStart(2, '0'),
    });
    // From a Tuesday into the next week and month.
    const reporter = open({ buildContent: content, schedule: { interval: 12 * hour } });
    await reporter.start();
    await time.pass(10 * minute);
    await time.pass(18 * hour);
    changes = 1;
    for (let half = 0; half < 14; half += 1) await time.pass(12 * hour);
    const told = reportsOf(collector).map((report) => {
      const { first, changed, age } = report;
      return [first.day, first.week, first.month, changed, age].join(' ');
    });
    expect(told.slice(0, 4)).toEqual([
      'true true true  day',
      'true false false false day',
      'false false false true week',
      'true false false false week',
    ]);
    expect(told.filter((line) => line.startsWith('true true'))).toHaveLength(2);
    expect(told).toContain('true false true false week');
    expect(told.at(-1)).toBe('true false false false month');
  });

  it('sends one hash a day, and tells other endpoints another', async () => {
    const { collector, time, open } = await scene();
    const reporter = open();
    const here = await reporter.preview();
    await reporter.start();
    await time.pass(2 * day);
    const hashes = reportsOf(collector).map((report) => report.hash);
    expect(new Set(hashes).size).toBe(3);
    await reporter.setEndpoint('https://relay.example/v1/reports');
    const there = await reporter.preview();
    await reporter.setEndpoint(null);
    expect(JSON.parse(new TextDecoder().decode(there))).not.toMatchObject({
      hash: (JSON.parse(new TextDecoder().decode(await reporter.preview())) as { hash: string }).hash,
    });
    expect(here).toBeInstanceOf(Uint8Array);
  });

  it('reports features that were used since the last accepted report, once', async () => {
    const { collector, time, open } = await scene();
    const reporter = open();
    reporter.markFeatureUsed('sso');
    await reporter.start();
    reporter.markFeatureUsed('acme');
    reporter.markFeatureUsed('sso');
    await time.pass(10 * minute);
    reporter.markFeatureUsed('metrics');
    await time.pass(day);
    reporter.markFeatureUsed('metrics');
    await time.pass(day);
    await time.pass(day);
    expect(reportsOf(collector).map((report) => report.features)).toEqual([
      ['acme', 'sso'],
      ['metrics'],
      ['metrics'],
      undefined,
    ]);
  });
});

describe('a report that is not accepted', () => {
  it('is sent again with the same id, and made anew when its UTC day is over', async () => {
    const { collector, time, events, open } = await scene();
    collector.answer = (response) => void response.writeHead(503).end();
    const reporter = open();
    await reporter.start();
    await time.pass(12 * hour);
    const ids = new Set(reportsOf(collector).map((report) => report.id));
    expect(ids.size).toBe(1);
    expect(collector.received.length).toBeGreaterThan(8);
    expect(collector.received.length).toBeLessThanOrEqual(11);
    expect((await reporter.status()).lastReport).toMatchObject({
      reason: '503',
      message: expect.stringContaining('(503)') as string,
      remedy: expect.any(String) as string,
    });
    collector.answer = (response) => void response.writeHead(202).end();
    await time.pass(day);
    const last = reportsOf(collector).at(-1);
    expect(ids.has(last?.id ?? '')).toBe(false);
    // The collector has seen the first of the week, although it did not take it.
    expect(last).toMatchObject({ first: { day: true, week: false, month: false }, changed: false });
    expect(events.at(-2)).toEqual({ type: 'sent', id: last?.id, status: 202 });
    expect((await reporter.log()).filter(({ event }) => event === 'retrying').length).toBeGreaterThan(7);
  });

  it('because nobody could be reached, leaves the first of the week to the next', async () => {
    const unreachable: Transport = () => Promise.resolve({ kind: 'failure', code: 'ECONNREFUSED' });
    let transport = unreachable;
    const { collector, time, open } = await scene({ transport: (...all) => transport(...all) });
    await open().start();
    await time.pass(18 * hour);
    transport = sendRequest;
    await time.pass(12 * hour);
    expect(reportsOf(collector)).toMatchObject([{ first: { day: true, week: true, month: true } }]);
  });

  it.each([301, 400, 401, 404, 413, 422])('is dropped on %i until the next period', async (status) => {
    const { collector, time, events, open } = await scene();
    collector.answer = (response) => void response.writeHead(status).end();
    await open().start();
    await time.pass(day - 1);
    expect(collector.received).toHaveLength(1);
    expect(events).toContainEqual({
      type: 'dropped',
      id: reportsOf(collector)[0]?.id,
      reason: String(status),
      message: expect.stringContaining(`(${status === 422 ? 'digest ffff' : status}`) as string,
    });
  });

  it('stops on 410 until the next version', async () => {
    const { collector, time, events, open } = await scene();
    collector.answer = (response) => void response.writeHead(410).end();
    const reporter = open();
    await reporter.start();
    await time.pass(10 * minute, () => typesOf(events).includes('disabled'));
    expect(events.at(-1)).toEqual({ type: 'disabled', reason: 'gone', fields: [] });
    expect(await reporter.status()).toMatchObject({ gone: true, next: null });
    await time.pass(3 * day);
    expect(collector.received).toHaveLength(1);
    await reporter.stop();
    collector.answer = (response) => void response.writeHead(202).end();
    await open({ version: '1.2.4' }).start();
    await time.pass(10 * minute);
    expect(collector.received).toHaveLength(2);
  });

  it('is not sent any more after the operator changed the endpoint', async () => {
    const { collector, time, events, open } = await scene();
    collector.answer = (response) => void response.writeHead(503).end();
    const relay = await startCollector();
    const reporter = open();
    await reporter.start();
    await time.pass(10 * minute);
    await reporter.setEndpoint(relay.url);
    await time.pass(hour);
    expect(collector.received).toHaveLength(1);
    expect(reportsOf(relay)[0]?.id).not.toBe(reportsOf(collector)[0]?.id);
    expect(typesOf(events)).toContain('dropped');
    expect(await reporter.status()).toMatchObject({ endpoint: relay.url, endpointFrom: 'operator' });
  });
});

describe('the wall clock', () => {
  it.each([
    ['two days ahead', 2 * day],
    ['ten years ahead', 3653 * day],
    ['two days back', -2 * day],
    ['ten years back', -3653 * day],
  ])('may be set %s and back without a burst and without a silence', async (_name, jump) => {
    const { collector, time, open } = await scene();
    await open().start();
    await time.pass(6 * hour);
    time.set(time.clock.now() + jump);
    await time.pass(18 * hour - 1);
    expect(collector.received).toHaveLength(1);
    await time.pass(1);
    expect(collector.received).toHaveLength(2);
    await time.pass(6 * hour);
    time.set(time.clock.now() - jump);
    await time.pass(18 * hour - 1);
    expect(collector.received).toHaveLength(2);
    await time.pass(1);
    expect(collector.received).toHaveLength(3);
  });

  it('may be set while retrying without more than twelve requests a day', async () => {
    const { collector, time, open } = await scene();
    collector.answer = (response) => void response.writeHead(503).end();
    await open().start();
    await time.pass(10 * minute);
    for (const jump of [2 * day, -2 * day, 3653 * day, -3653 * day]) {
      await time.pass(5 * hour);
      time.set(time.clock.now() + jump);
    }
    await time.pass(3 * hour);
    expect(collector.received.length).toBeLessThanOrEqual(12);
  });

  it.each([-2 * day, -3653 * day])(
    'may be set by %i ms when all requests of a day are used up, without a silence until the old time comes',
    async (jump) => {
      const { collector, time, open } = await scene();
      collector.answer = (response) => void response.writeHead(503).end();
      const before = open();
      await before.start();
      await time.pass(12 * hour);
      expect(collector.received).toHaveLength(9);
      time.set(time.clock.now() + jump);
      await before.stop();
      collector.answer = (response) => void response.writeHead(202).end();
      await open().start();
      await time.pass(12 * hour);
      expect(collector.received).toHaveLength(10);
    },
  );

  it.each([2 * day, -2 * day, 3653 * day, -3653 * day])(
    'may be set by %i ms between two runs, and the plan holds',
    async (jump) => {
      const { collector, time, open } = await scene();
      const before = open();
      await before.start();
      await time.pass(10 * minute);
      await before.stop();
      time.set(time.clock.now() + jump);
      await open().start();
      await time.pass(day - 10 * minute - 1);
      expect(collector.received).toHaveLength(1);
      await time.pass(1);
      expect(collector.received).toHaveLength(2);
    },
  );
});

describe('a machine that sleeps', () => {
  it.each([
    ['ten minutes before a report is due', 3 * day],
    ['for less than the rest of the period', 12 * hour],
  ])('%s sends one report when it wakes or when it is due, and no burst', async (_name, asleep) => {
    const { collector, time, open } = await scene();
    await open().start();
    await time.pass(asleep > day ? day - 10 * minute : 6 * hour);
    time.sleep(asleep);
    await time.pass(asleep > day ? 10 * minute : 6 * hour);
    expect(collector.received).toHaveLength(2);
    await time.pass(day - 1);
    expect(collector.received).toHaveLength(2);
    await time.pass(1);
    expect(collector.received).toHaveLength(3);
  });

  it('is timed by a clock that goes on meanwhile, and that nobody sets', () => {
    const { clock } = createCore(reporterOptions('https://usage.example/', '/nonexistent'));
    for (const [own, system] of [
      [clock.monotonic, (): number => uptime() * 1000],
      [clock.now, Date.now],
    ] as const) {
      const [before, between, after] = [system(), own(), system()];
      expect([before, between, after]).toEqual([before, between, after].toSorted((a, b) => a - b));
    }
  });
});

describe('a preview', () => {
  /** Everything in a directory that a write would change. */
  async function contentsOf(directory: string): Promise<unknown[]> {
    const names = await readdir(directory);
    return Promise.all(
      names.toSorted().map(async (name) => {
        const { mode, mtimeMs, ctimeMs, ino } = await stat(join(directory, name));
        return [name, mode, mtimeMs, ctimeMs, ino, await readFile(join(directory, name), 'utf8')];
      }),
    );
  }

  it('is the bytes that go next, and touches neither state nor network, whatever waits there', async () => {
    const { collector, directory, time, events, open } = await scene();
    const reporter = open();
    const check = async (): Promise<string> => {
      const before = await contentsOf(directory);
      const [requests, heard] = [collector.received.length, events.length];
      const bytes = new TextDecoder().decode(await reporter.preview());
      expect(await contentsOf(directory)).toEqual(before);
      expect([collector.received.length, events.length]).toEqual([requests, heard]);
      return bytes;
    };
    await reporter.start();
    const first = await check();
    collector.answer = (response) => void response.writeHead(503).end();
    await time.pass(10 * minute);
    expect(collector.received[0]?.text).toBe(first);
    const again = await check();
    collector.answer = (response) => void response.writeHead(202).end();
    await time.pass(hour);
    expect(collector.received[1]?.text).toBe(again);
    expect(again).toBe(first);
    // The next report is of another day, with another key.
    time.set(time.clock.now() + day);
    const next = await check();
    await time.pass(day);
    expect(collector.received).toHaveLength(3);
    expect(JSON.parse(collector.received[2]?.text ?? '')).toMatchObject({
      id: (JSON.parse(next) as { id: string }).id,
    });
  });

  it('holds features that were touched, written down or not', async () => {
    const { collector, time, open } = await scene();
    const reporter = open();
    reporter.markFeatureUsed('sso');
    expect(new TextDecoder().decode(await reporter.preview())).toContain('"features":["sso"]');
    await reporter.start();
    reporter.markFeatureUsed('acme');
    const bytes = new TextDecoder().decode(await reporter.preview());
    expect(bytes).toContain('"features":["acme","sso"]');
    await time.pass(10 * minute);
    expect(collector.received[0]?.text).toBe(bytes);
  });
});

describe('modes', () => {
  it('local writes reports in the audit log, and sends nothing', async () => {
    const { collector, time, events, open } = await scene();
    const reporter = open({ consent: 'local' });
    await reporter.start();
    await time.pass(10 * minute);
    await time.pass(day);
    expect(collector.received).toHaveLength(0);
    expect(typesOf(events)).toEqual(['scheduled', 'written', 'scheduled', 'written', 'scheduled']);
    const log = await reporter.log();
    expect(log.map(({ event }) => event)).toEqual(['written', 'written']);
    // Nobody outside knows this installation yet.
    expect(log[1]?.report).toMatchObject({ first: { day: true, week: true, month: true }, changed: null });
    expect(await reporter.status()).toMatchObject({ requests: 0, last: null });
  });

  it('off arms no timer and writes no file', async () => {
    const { directory, time, events, open } = await scene();
    const reporter = open({ consent: false });
    await reporter.start();
    reporter.markFeatureUsed('sso');
    expect([time.armed(), events]).toEqual([0, [{ type: 'disabled', reason: 'off', fields: [] }]]);
    await expect(readdir(directory)).rejects.toThrow('ENOENT');
  });

  it('off notes no feature, for later either', async () => {
    const { collector, time, open } = await scene();
    const reporter = open();
    reporter.markFeatureUsed('before');
    await reporter.start();
    await reporter.setMode('off');
    reporter.markFeatureUsed('meanwhile');
    await reporter.setMode('on');
    reporter.markFeatureUsed('after');
    await time.pass(10 * minute);
    expect(reportsOf(collector)[0]?.features).toEqual(['after']);
  });

  it('undecided stays quiet until the operator chooses', async () => {
    const { collector, directory, time, open } = await scene({ consent: undefined, undecided: 'quiet' });
    const reporter = open();
    await reporter.start();
    await time.pass(day);
    await expect(readdir(directory)).rejects.toThrow('ENOENT');
    expect(await reporter.status()).toMatchObject({ mode: 'off', decidedBy: 'nobody', next: null });
    await reporter.setMode('on');
    await time.pass(10 * minute);
    expect(collector.received).toHaveLength(1);
    await open().start();
    expect(await open().status()).toMatchObject({ mode: 'on', decidedBy: 'operator' });
  });

  it('the operator turns off stops the schedule, forgets the pending report, and lasts', async () => {
    const { collector, time, events, open } = await scene();
    collector.answer = (response) => void response.writeHead(503).end();
    const reporter = open();
    await reporter.start();
    await time.pass(10 * minute);
    await reporter.setMode('off');
    expect(events.at(-1)).toEqual({ type: 'disabled', reason: 'off', fields: [] });
    expect(await reporter.status()).toMatchObject({ decidedBy: 'operator', pending: false, next: null });
    const requests = collector.received.length;
    await open().start();
    await time.pass(3 * day);
    expect(collector.received).toHaveLength(requests);
    await expect(reporter.export()).rejects.toMatchObject({ code: 'ERR_OFF' });
    await expect(reporter.reportNow()).rejects.toMatchObject({ code: 'ERR_OFF' });
    await expect(reporter.send(new Uint8Array())).rejects.toMatchObject({ code: 'ERR_OFF' });
  });

  it('another process turns off hold before the next report', async () => {
    const { collector, time, events, open } = await scene();
    await open().start();
    await open().setMode('off');
    await time.pass(10 * minute, () => typesOf(events).includes('disabled'));
    expect(collector.received).toHaveLength(0);
  });
});

describe('what createReporter takes by default', () => {
  it.each<[string, Partial<ReporterOptions>, string]>([
    ['DO_NOT_TRACK', { env: { DO_NOT_TRACK: '1' }, force: true }, 'off, DO_NOT_TRACK'],
    ['continuous integration', { env: { CI: 'true' } }, 'off, continuous integration'],
    ['continuous integration, forced', { env: { CI: 'true' }, force: true }, 'on, configuration'],
    ['a development version', { version: '0.0.0-dev' }, 'local, development version'],
    ['a development version, forced', { version: 'dev', force: true }, 'on, configuration'],
  ])('minds %s', async (_name, more, expected) => {
    const { open } = await scene();
    const { mode, decidedBy } = await open(more).status();
    expect(`${mode}, ${decidedBy}`).toBe(expected);
  });

  it('is ten minutes and a day, ± a tenth; ten seconds to connect, thirty in all', () => {
    const { schedule, requestSettings, machine } = createCore(
      reporterOptions('https://usage.example/', '/nonexistent'),
    );
    expect(schedule).toMatchObject({ first: 10 * minute, interval: day, jitter: 0.1 });
    expect(defaultSchedule.watch).toBe(minute);
    const state = initialState(stillClock(0));
    expect(requestSettings.timeouts).toEqual({ connect: 10_000, total: 30_000 });
    expect(machine(state).lease).toBe(60_000);
  });

  it.each<[NodeJS.Platform, ReporterOptions['env'], string]>([
    ['linux', { HOME: '/home/ann' }, '/home/ann/.local/state/gateway/usage'],
    ['linux', { HOME: '/home/ann', XDG_STATE_HOME: '/state' }, '/state/gateway/usage'],
    [
      'linux',
      { HOME: '/root', STATE_DIRECTORY: '/var/lib/gateway:/other' },
      '/var/lib/gateway/gateway/usage',
    ],
    ['darwin', { HOME: '/Users/ann' }, '/Users/ann/Library/Application Support/gateway/usage'],
    ['win32', { LOCALAPPDATA: 'C:/local' }, 'C:\\local\\gateway\\usage'],
  ])('is the place for state of %s: %j', (platform, env, expected) => {
    expect(defaultDirectory({ product: 'gateway', env }, platform)).toBe(expected);
  });
});

describe('instances of a product', () => {
  it('have directories of their own where they are named', () => {
    const at = (instance?: string): string | undefined =>
      defaultDirectory({ product: 'gateway', env: { HOME: '/home/ann' }, instance }, 'linux');
    expect(at()).toBe('/home/ann/.local/state/gateway/usage');
    expect(at('blue')).toBe('/home/ann/.local/state/gateway/usage/blue');
  });

  it('stay where they were when the program changes its working directory', () => {
    const { directory } = createCore(reporterOptions('https://usage.example/', 'usage'));
    const before = process.cwd();
    process.chdir('/');
    try {
      expect(directory()).toBe(join(before, 'usage'));
    } finally {
      process.chdir(before);
    }
  });

  it('never keep a state in the working directory', () => {
    for (const HOME of ['', 'home', './home']) {
      const directory = defaultDirectory({ product: 'gateway', env: { HOME } }, 'linux');
      if (directory !== undefined) expect(isAbsolute(directory)).toBe(true);
    }
  });
});

describe('a state that ends with the process', () => {
  it('lets one report go after a whole period and more, the first of nothing, and says so', async () => {
    const { collector, time, events, open } = await scene();
    const reporter = open({ state: '/dev/null/state' });
    await reporter.start();
    await time.pass(day - 1);
    expect(collector.received).toEqual([]);
    await time.pass(day);
    expect(reportsOf(collector)).toMatchObject([{ first: { day: false, week: false, month: false } }]);
    await time.pass(5 * day);
    expect(collector.received).toHaveLength(1);
    expect(events.at(-1)).toEqual({ type: 'disabled', reason: 'no lasting state', fields: [] });
    expect(await reporter.status()).toMatchObject({ isLasting: false, next: null });
  });

  it('sends nothing from a container that is made anew every quarter of an hour', async () => {
    const { collector, time, open } = await scene();
    for (let restart = 0; restart < 96; restart += 1) {
      const reporter = open({ state: '/dev/null/state' });
      await reporter.start();
      await time.pass(15 * minute);
      await reporter.stop();
    }
    expect(collector.received).toEqual([]);
  });
});

describe('a field list that grew', () => {
  const list = (...paths: string[]): ReporterOptions['fields'] => ({
    digest: 'f'.repeat(64),
    fields: paths.map((path) => ({ path, exportedAs: 'as it is' })),
  });

  it('keeps the reporter quiet until the operator accepts it', async () => {
    const { collector, time, events, open } = await scene();
    const before = open({ fields: list('api', 'log') });
    await before.start();
    await time.pass(10 * minute);
    await before.stop();
    const reporter = open({ fields: list('api', 'metrics', 'tracing') });
    await reporter.start();
    expect(events.at(-1)).toEqual({ type: 'disabled', reason: 'new fields', fields: ['metrics', 'tracing'] });
    await time.pass(3 * day);
    expect(collector.received).toHaveLength(1);
    expect(await reporter.status()).toMatchObject({
      newFields: [
        { path: 'metrics', exportedAs: 'as it is' },
        { path: 'tracing', exportedAs: 'as it is' },
      ],
      next: null,
    });
    // As the host's command line does it, in a process of its own.
    await open({ fields: list('api', 'metrics', 'tracing') }).accept();
    await time.pass(hour);
    await time.pass(10 * minute);
    expect(collector.received).toHaveLength(2);
  });

  it.each<[string, Partial<ReporterOptions>]>([
    ['list of the product', { fields: { ...list('api', 'log'), digest: '0'.repeat(64) } }],
    ['list without what the operator now denies', { fields: list('api') }],
    ['version', { version: '1.2.4' }],
  ])('or another %s makes a report that was not accepted anew', async (_name, more) => {
    const { collector, time, events, open } = await scene();
    collector.answer = (response) => void response.writeHead(503).end();
    const before = open({ fields: list('api', 'log') });
    await before.start();
    await time.pass(10 * minute);
    await before.stop();
    collector.answer = (response) => void response.writeHead(202).end();
    await open({ fields: list('api', 'log'), ...more }).start();
    await time.pass(hour);
    const [old, sent] = reportsOf(collector);
    expect(collector.received).toHaveLength(2);
    expect(sent?.id).not.toBe(old?.id);
    expect(events).toContainEqual(expect.objectContaining({ type: 'dropped', id: old?.id }));
  });

  it('is accepted together with the mode by "on", in one write', async () => {
    const { directory, open } = await scene();
    await open({ fields: list('api') }).start();
    const reporter = open({ fields: list('api', 'metrics') });
    expect((await reporter.status()).newFields).toMatchObject([{ path: 'metrics' }]);
    const before = await readdir(directory);
    await reporter.setMode('on');
    expect((await reporter.status()).newFields).toEqual([]);
    expect((await readdir(directory)).length).toBe(before.length + 1);
  });

  it('is not accepted by "local" or "off"', async () => {
    const { open } = await scene();
    await open({ fields: list('api') }).start();
    const reporter = open({ fields: list('api', 'metrics') });
    for (const mode of ['local', 'off'] as const) {
      await reporter.setMode(mode);
      expect((await reporter.status()).newFields).toMatchObject([{ path: 'metrics' }]);
    }
  });

  it('also grew when more shape leaves: whether a password is set, or how many relays there are', async () => {
    const { open } = await scene();
    await open({ fields: list('api') }).start();
    const shape = [{ path: 'relays', exportedAs: 'how many' }];
    const reporter = open({ fields: { ...list('api'), shape } });
    expect((await reporter.status()).newFields).toEqual(shape);
    await expect(reporter.reportNow()).rejects.toMatchObject({ code: 'ERR_NEW_FIELDS' });
    await reporter.accept();
    expect((await reporter.status()).newFields).toEqual([]);
  });

  it('also grew when a field leaves less masked than before, and not when it shrank', async () => {
    const { open } = await scene();
    await open({ fields: list('api', 'log') }).start();
    expect((await open({ fields: list('log') }).status()).newFields).toEqual([]);
    const fields = { digest: 'd', fields: [{ path: 'log', exportedAs: 'as text' }] };
    expect((await open({ fields }).status()).newFields).toMatchObject([{ path: 'log' }]);
    expect((await open({ fields, requireAcceptance: false }).status()).newFields).toEqual([]);
  });
});

describe('the operator', () => {
  it('exports a report, which counts as accepted, and sends it elsewhere', async () => {
    const { collector, time, open } = await scene();
    const reporter = open();
    await reporter.start();
    const report = await reporter.export();
    await time.pass(hour);
    expect(collector.received).toHaveLength(0);
    expect(await reporter.status()).toMatchObject({ last: time.clock.now() - hour, pending: false });
    expect(await reporter.send(report)).toMatchObject({ result: 'accepted', reason: '202' });
    expect(JSON.stringify(reportsOf(collector)[0])).toBe(new TextDecoder().decode(report));
    expect((await reporter.log()).map(({ event }) => event)).toEqual(['exported', 'sending', 'accepted']);
  });

  it('sends nothing that is no report', async () => {
    const { collector, open } = await scene();
    for (const text of ['s3cret', '{"format":1}']) {
      const refused = open().send(new TextEncoder().encode(text));
      await expect(refused).rejects.toMatchObject({ code: 'ERR_REPORT_INVALID' });
      await expect(refused).rejects.not.toThrow(/s3cret/);
    }
    expect(collector.received).toHaveLength(0);
  });

  it.each([
    [202, 'accepted'],
    [503, 'retrying'],
  ])(
    'is told what became of a report (%i) that two processes send at the same moment',
    async (status, result) => {
      const { collector, open } = await scene();
      let answerAll = (): void => {};
      const held = new Promise<void>((resolve) => {
        answerAll = resolve;
      });
      collector.answer = (response) => void held.then(() => response.writeHead(status).end());
      const both = [open(), open()].map((reporter) => reporter.reportNow());
      await collector.reached(2);
      answerAll();
      expect(await Promise.all(both)).toMatchObject([{ result }, { result }]);
      expect(new Set(reportsOf(collector).map(({ id }) => id)).size).toBe(1);
    },
  );

  it('cleans what is kept, but not choices, and not the count of requests', async () => {
    const { directory, time, open } = await scene();
    const reporter = open();
    await reporter.start();
    await time.pass(10 * minute);
    await reporter.setMode('local');
    await reporter.clean();
    expect(await reporter.log()).toEqual([]);
    expect(await reporter.status()).toMatchObject({ mode: 'local', last: null, requests: 1 });
    const kept = await Promise.all(
      (await readdir(directory)).map((name) => readFile(join(directory, name), 'utf8')),
    );
    expect(kept.join('')).not.toContain('"digest":"');
  });

  it('cleans nothing where nothing is, and makes no directory for it', async () => {
    const { directory, open } = await scene({ consent: 'off' });
    await open().clean();
    await expect(readdir(directory)).rejects.toThrow('ENOENT');
  });

  it('finds no key in the state directory that made the hash of a report in its audit log', async () => {
    const { collector, directory, time, open } = await scene();
    await open().start();
    await time.pass(10 * minute);
    // The content of the harness reports its key as the hash.
    const key = reportsOf(collector)[0]?.hash ?? 'none';
    for (const name of await readdir(directory)) {
      if (name === 'reports.jsonl') continue;
      expect(await readFile(join(directory, name), 'utf8')).not.toContain(key);
    }
    const again = JSON.parse(new TextDecoder().decode(await open().preview())) as { hash: string };
    expect(again.hash).not.toBe(key);
  });
});

describe('the host', () => {
  it('is told once, and not disturbed, when its content fails', async () => {
    const { collector, time, events, open } = await scene();
    const content = (): never => {
      throw new Error('s3cret');
    };
    const reporter = open({ buildContent: content });
    await reporter.start();
    await time.pass(10 * minute);
    await time.pass(day);
    expect(typesOf(events)).toEqual(['scheduled', 'warning', 'dropped', 'scheduled', 'dropped', 'scheduled']);
    expect(JSON.stringify([events, await reporter.status(), await reporter.log()])).not.toContain('s3cret');
    expect(collector.received).toHaveLength(0);
  });

  it('is told where its content is no report', async () => {
    const { time, events, open } = await scene();
    await open({ buildContent: () => ({ configuration: {}, hash: 'short', comparison: '00' }) }).start();
    await time.pass(10 * minute);
    expect(events).toContainEqual({
      type: 'warning',
      code: 'WARN_CONTENT',
      message: 'no report was made: hash: expected 32 hexadecimal digits in lower case, got string',
    });
  });

  it('is not disturbed when its listener throws, and can listen on a diagnostics channel', async () => {
    const { time, events, open } = await scene();
    const published: unknown[] = [];
    const listen = (message: unknown): void => void published.push(message);
    channel('candor:reporter').subscribe(listen);
    onTestFinished(() => void channel('candor:reporter').unsubscribe(listen));
    const reporter = open();
    reporter.subscribe(() => {
      throw new Error('listener');
    });
    await reporter.start();
    await time.pass(10 * minute);
    expect(typesOf(events)).toContain('sent');
    expect(published).toEqual(expect.arrayContaining(events));
    expect((await reporter.status()).warning).toBe('a listener of the reporter threw');
  });

  it('stops at once with a request under way, and sends the same report when it starts again', async () => {
    const { collector, open } = await scene({
      clock: undefined,
      timers: undefined,
      schedule: { first: 1 },
      timeouts: { total: 500 },
    });
    const asked = new Promise<void>((resolve) => {
      collector.answer = () => resolve();
    });
    const reporter = open();
    void reporter.start();
    await asked;
    await reporter.stop();
    expect(await reporter.status()).toMatchObject({ pending: true });
    collector.answer = (response) => void response.writeHead(202).end();
    const sent = nextEvent(reporter, 'sent');
    await reporter.start();
    await sent;
    expect(reportsOf(collector)[1]).toEqual(reportsOf(collector)[0]);
  });

  it.each<[string, Partial<ReporterOptions>]>([
    [
      'transport throws',
      {
        transport: () => {
          throw new Error('s3cret');
        },
      },
    ],
    ['transport rejects', { transport: () => Promise.reject(new Error('s3cret')) }],
    ['content rejects with nothing', { buildContent: () => Promise.reject(undefined as unknown as Error) }],
    ['content is nothing', { buildContent: () => undefined as unknown as ReportContent }],
    [
      'store throws',
      {
        state: {
          read: () => {
            throw new Error('s3cret');
          },
          compareAndSet: () => Promise.resolve(true),
        },
      },
    ],
    [
      'store answers no state',
      { state: { read: () => Promise.resolve('s3cret'), compareAndSet: () => Promise.resolve(true) } },
    ],
    [
      'store answers no text',
      { state: { read: () => Promise.resolve(5 as never), compareAndSet: () => Promise.resolve(true) } },
    ],
    [
      'store refuses for ever',
      { state: { read: () => Promise.resolve(undefined), compareAndSet: () => Promise.resolve(false) } },
    ],
  ])('goes on when its %s, and gets no exception or rejection', async (_name, more) => {
    const { time, events, open } = await scene(more);
    const reporter = open();
    await reporter.start();
    reporter.markFeatureUsed('sso');
    await time.pass(3 * hour);
    await reporter.stop();
    expect(time.armed()).toBe(0);
    expect(typesOf(events)).toEqual(expect.arrayContaining([expect.stringMatching(/retrying|warning/)]));
    expect(JSON.stringify(events)).not.toContain('s3cret');
  });

  it('need not wait for its own configuration when it stops, and can turn reporting off', async () => {
    const { collector, time, open } = await scene();
    let asked = false;
    const content = (): Promise<never> => {
      asked = true;
      return new Promise(() => {});
    };
    const reporter = open({ buildContent: content });
    await reporter.start();
    await time.pass(10 * minute, () => asked);
    await reporter.setMode('off');
    expect(await reporter.status()).toMatchObject({ mode: 'off', pending: false });
    await reporter.setMode('on');
    await reporter.stop();
    await reporter.start();
    expect(collector.received).toHaveLength(0);
  });

  it('need not wait for a store that does not answer when it stops', async () => {
    const state = { read: () => new Promise<never>(() => {}), compareAndSet: () => Promise.resolve(true) };
    const { open } = await scene({ state, clock: undefined, timers: undefined });
    const reporter = open();
    void reporter.start();
    await new Promise((resolve) => setImmediate(resolve));
    // Without patience that ends, the test would time out.
    await reporter.stop();
  });

  it('need not wait for a server that does not answer when it stops', async () => {
    // Who waited for the answer would wait longer than the test does.
    const timeouts = { connect: 600_000, total: 600_000 };
    const { collector, open } = await scene({
      clock: undefined,
      timers: undefined,
      schedule: { first: 1 },
      timeouts,
    });
    const reporter = open();
    const asked = new Promise<void>((resolve) => {
      collector.answer = () => resolve();
    });
    await reporter.start();
    await asked;
    await reporter.stop();
  });

  it('gets a report through the fallback where there is no worker file', async () => {
    const { collector, time, open } = await scene({ transport: undefined });
    await open().start();
    await time.pass(10 * minute);
    expect(collector.received).toHaveLength(1);
  });
});

describe('replicas with a shared store', () => {
  it('postpone the report while the store fails, and go on when it is back', async () => {
    let text: string | undefined;
    let broken = false;
    const fail = <T>(value: T): Promise<T> =>
      broken ? Promise.reject(new Error('down')) : Promise.resolve(value);
    const state = {
      read: () => fail(text),
      compareAndSet: (expected: string | undefined, next: string): Promise<boolean> => {
        const isSame = expected === text;
        if (isSame && !broken) text = next;
        return fail(isSame);
      },
    };
    const { collector, time, events, open } = await scene({ state });
    const reporters = [open(), open(), open()];
    for (const reporter of reporters) await reporter.start();
    const all = (): boolean => time.armed() === reporters.length;
    broken = true;
    await time.pass(day, all);
    expect(collector.received).toHaveLength(0);
    expect(events.filter(({ type }) => type === 'warning')).toHaveLength(3);
    broken = false;
    await time.pass(hour, all);
    expect(collector.received).toHaveLength(1);
    await time.pass(day, all);
    expect(collector.received).toHaveLength(2);
  });
});
