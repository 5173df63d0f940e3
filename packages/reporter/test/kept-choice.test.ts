import { execFile } from 'node:child_process';
import {
  chmod,
  chown,
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startCollector, temporaryDirectory, type TestCollector } from '@candor/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createReporter, type Reporter, type ReporterEvent, type ReporterOptions } from '../src/index.js';
import { sendRequest } from '../src/transport/send-request.js';
import { type TestTime, day, minute, reporterOptions, reportsOf, testTime } from './support/harness.js';
import { canTest } from './support/needs.js';

const nobody = 65_534;
const isRoot = canTest(process.getuid?.() === 0, 'a choice that another user owns: needs root');

interface Scene {
  readonly collector: TestCollector;
  readonly directory: string;
  readonly time: TestTime;
  open(more?: Partial<ReporterOptions>): Reporter;
}

async function scene(): Promise<Scene> {
  const collector = await startCollector();
  const directory = join(await temporaryDirectory(), 'usage');
  const time = testTime(Date.UTC(2026, 10, 24, 12));
  const common = { clock: time.clock, timers: time.timers, random: () => 0.5, transport: sendRequest };
  return {
    collector,
    directory,
    time,
    open(more): Reporter {
      const reporter = createReporter(reporterOptions(collector.url, directory, { ...common, ...more }));
      onTestFinished(() => reporter.stop());
      return reporter;
    },
  };
}

async function stateFile(directory: string): Promise<string> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json'));
  const number = (name: string): number => Number(name.split('.')[1]);
  return join(directory, names.toSorted((a, b) => number(b) - number(a))[0] ?? '');
}

const damages: [string, (file: string) => Promise<void>][] = [
  ['cut short', (file) => truncate(file, 100)],
  ['emptied', (file) => truncate(file, 0)],
  ['filled with zeros', async (file) => writeFile(file, Buffer.alloc((await readFile(file)).length))],
  ['written by others', (file) => chmod(file, 0o666)],
  ['in a directory that others can write', (file) => chmod(join(file, '..'), 0o777)],
  ['something else', (file) => writeFile(file, '[]')],
  ['nested without end', (file) => writeFile(file, '['.repeat(1_000_000))],
  [
    'a directory',
    async (file) => {
      await rm(file);
      await mkdir(file);
    },
  ],
  [
    'a link to another file',
    async (file) => {
      await rename(file, `${file}.target`);
      await symlink(`${file}.target`, file);
    },
  ],
  [
    'a pipe that nobody writes to',
    async (file) => {
      await rm(file);
      await promisify(execFile)('mkfifo', [file]);
    },
  ],
  ['10 GB of nothing', (file) => truncate(file, 10 * 2 ** 30)],
  ['of another format', (file) => writeFile(file, '{"format":7,"choice":{"mode":"on"}}')],
];
if (isRoot) {
  damages.push(
    ['owned by another user', (file) => chown(file, nobody, nobody)],
    ['in a directory of another user', (file) => chown(join(file, '..'), nobody, nobody)],
  );
}

describe('after "off", a state that is', () => {
  it.each(damages)('%s sends nothing, to nobody', async (_name, damage) => {
    const { collector, directory, time, open } = await scene();
    await open().setMode('off');
    await damage(await stateFile(directory));
    const reporter = open();
    await reporter.start();
    await time.pass(3 * day);
    await expect(reporter.reportNow()).rejects.toMatchObject({ code: 'ERR_STATE_INVALID' });
    expect(collector.received).toEqual([]);
    expect(await reporter.status()).toMatchObject({ mode: 'local', decidedBy: 'unreadable state' });
    expect((await reporter.status()).warning).toMatch(/^the kept state is not believed/);
  });

  it.each(damages.filter(([name]) => !/another user|in a directory/.test(name)))(
    '%s can be replaced by "off", "local" and "clean"',
    async (_name, damage) => {
      for (const repair of ['off', 'local', 'clean'] as const) {
        const { collector, directory, time, open } = await scene();
        await open().setMode('off');
        await damage(await stateFile(directory));
        const reporter = open();
        await expect(reporter.setMode('on')).rejects.toMatchObject({ code: 'ERR_STATE_INVALID' });
        if (repair === 'clean') await reporter.clean();
        else await reporter.setMode(repair);
        const next = open();
        await next.start();
        await time.pass(3 * day);
        expect(collector.received).toEqual([]);
        expect(await next.status()).toMatchObject({
          mode: repair === 'off' ? 'off' : 'local',
          decidedBy: 'operator',
          warning: null,
        });
        await next.setMode('on');
        expect(await next.status()).toMatchObject({ mode: 'on' });
      }
    },
  );

  it('damaged while the program runs is seen before anything goes', async () => {
    const { collector, directory, time, open } = await scene();
    const reporter = open();
    await reporter.start();
    await truncate(await stateFile(directory), 50);
    await time.pass(3 * day);
    expect(collector.received).toEqual([]);
  });
});

describe('a choice that somebody else planted', () => {
  it.each<[string, Partial<ReporterOptions>, string]>([
    ['undecided', { consent: undefined, undecided: 'quiet' }, 'local'],
    ['off', { consent: 'off' }, 'off'],
    ['on', {}, 'local'],
  ])('where the configuration says %s is not followed, nor is its endpoint', async (_name, more, mode) => {
    const { collector, directory, time, open } = await scene();
    const foreign = await startCollector();
    const planter = open({ state: join(directory, '..', 'planted') });
    await planter.setMode('on');
    await planter.setEndpoint(foreign.url);
    await mkdir(directory, { mode: 0o777 });
    await cp(join(directory, '..', 'planted'), directory, { recursive: true });
    await chmod(directory, 0o777);
    const reporter = open(more);
    await reporter.start();
    await time.pass(3 * day);
    expect([collector.received, foreign.received]).toEqual([[], []]);
    expect(await reporter.status()).toMatchObject({ mode });
  });
});

describe('a choice made in another process', () => {
  /** Starts a report whose content takes as long as `meanwhile`. */
  async function during(
    meanwhile: (other: Reporter) => Promise<void>,
  ): Promise<Scene & { events: ReporterEvent[] }> {
    const at = await scene();
    const other = at.open();
    const events: ReporterEvent[] = [];
    let isDone = false;
    const reporter = at.open({
      buildContent: async () => {
        if (!isDone) await meanwhile(other);
        isDone = true;
        return { configuration: {}, hash: '0'.repeat(32), comparison: '00' };
      },
    });
    reporter.subscribe((event) => events.push(event));
    await reporter.start();
    await at.time.pass(10 * minute);
    return { ...at, events };
  }

  it('while the report is made holds before it goes', async () => {
    const { collector, time, events } = await during((other) => other.setMode('off'));
    await time.pass(3 * day);
    expect(collector.received).toEqual([]);
    expect(events).toContainEqual({ type: 'disabled', reason: 'off', fields: [] });
  });

  it('for another endpoint, while the report is made, keeps it from the old one', async () => {
    const relay = await startCollector();
    const { collector, time } = await during((other) => other.setEndpoint(relay.url));
    await time.pass(3 * day);
    expect(collector.received).toEqual([]);
    expect(relay.received.length).toBeGreaterThan(0);
  });

  it('for "on" begins the schedule within a minute', async () => {
    const { collector, time, open } = await scene();
    const undecided = { consent: undefined, undecided: 'quiet', schedule: { watch: minute } } as const;
    await open(undecided).start();
    await time.pass(5 * minute);
    await open(undecided).setMode('on');
    await time.pass(minute);
    await time.pass(10 * minute);
    expect(collector.received).toHaveLength(1);
  });

  it('for "off" is seen within a minute, and "on" after it too, with a next report that is not past', async () => {
    const { collector, time, open } = await scene();
    const events: ReporterEvent[] = [];
    const reporter = open({ schedule: { watch: minute } });
    reporter.subscribe((event) => events.push(event));
    await reporter.start();
    await time.pass(5 * minute);
    await open().setMode('off');
    await time.pass(minute);
    expect(events.at(-1)).toEqual({ type: 'disabled', reason: 'off', fields: [] });
    await time.pass(day);
    await open().setMode('on');
    expect((await open().status()).next).toBeNull();
    await time.pass(minute);
    expect((await open().status()).next).toBe(time.clock.now() + 10 * minute);
    await time.pass(10 * minute);
    expect(collector.received).toHaveLength(1);
  });
});

describe('plain HTTP to another machine', () => {
  it('is the operator’s to allow, is said in status, and never the host’s', async () => {
    const { open } = await scene();
    const relay = 'http://collector.internal/v1/reports';
    const refused = { code: 'ERR_ENDPOINT_INVALID' };
    expect(() => open({ endpoint: relay })).toThrow(expect.objectContaining(refused));
    const reporter = open();
    await expect(reporter.setEndpoint(relay)).rejects.toMatchObject(refused);
    await reporter.setEndpoint(relay, { insecure: true });
    expect(await open().status()).toMatchObject({ endpoint: relay, isInsecure: true });
    await reporter.setEndpoint(null);
    expect(await reporter.status()).toMatchObject({ isInsecure: false });
  });
});

describe('a copied state', () => {
  it('makes no reports that could be taken for one another’s', async () => {
    const { collector, directory, time, open } = await scene();
    const first = open();
    await first.start();
    await time.pass(10 * minute);
    await first.stop();
    const copies = ['a', 'b', 'c'].map((name) => join(directory, '..', name));
    for (const copy of copies) await cp(directory, copy, { recursive: true });
    time.set(time.clock.now() + day);
    for (const state of copies) await open({ state }).reportNow();
    const reports = reportsOf(collector).slice(1);
    expect(reports).toHaveLength(3);
    expect(new Set(reports.map(({ id }) => id)).size).toBe(3);
    expect(new Set(reports.map(({ hash }) => hash)).size).toBe(3);
  });

  it('holds no key of a report, in no file, pending or not', async () => {
    const { collector, directory, time, open } = await scene();
    const keys: string[] = [];
    const reporter = open({
      buildContent: ({ key }) => {
        keys.push(Buffer.from(key).toString('hex'));
        return { configuration: {}, hash: '0'.repeat(32), comparison: '00' };
      },
    });
    await reporter.start();
    collector.answer = (response) => void response.writeHead(503).end();
    await time.pass(10 * minute);
    for (const name of await readdir(directory)) {
      const text = await readFile(join(directory, name), 'utf8');
      for (const key of keys) expect(text).not.toContain(key);
    }
    expect(keys).not.toEqual([]);
  });

  it('keeps the secret of a report’s id in the audit log, and after the report nowhere else', async () => {
    const { directory, time, open } = await scene();
    const reporter = open();
    await reporter.start();
    await time.pass(10 * minute);
    const [sending] = await reporter.log();
    const { createHash } = await import('node:crypto');
    const secret = sending?.secret ?? '';
    expect(createHash('sha256').update(Buffer.from(secret, 'hex')).digest('hex')).toBe(sending?.id);
    for (const name of (await readdir(directory)).filter((each) => each.startsWith('state.'))) {
      expect(await readFile(join(directory, name), 'utf8')).not.toContain(secret);
    }
  });

  it('leaves no secret of a report that "off" gave up in the state', async () => {
    const { collector, directory, time, open } = await scene();
    collector.answer = (response) => void response.writeHead(503).end();
    const reporter = open();
    await reporter.start();
    await time.pass(10 * minute);
    const secret = (await reporter.log())[0]?.secret ?? 'none';
    await writeFile(join(directory, 'state.killed.tmp'), secret, { mode: 0o600 });
    await reporter.setMode('off');
    for (const name of (await readdir(directory)).filter((each) => each.startsWith('state.'))) {
      expect(await readFile(join(directory, name), 'utf8')).not.toContain(secret);
    }
  });
});

describe('a report made by hand', () => {
  it('goes at once, says what became of it, and counts as one of twelve', async () => {
    const { collector, open } = await scene();
    const reporter = open();
    expect(await reporter.reportNow()).toMatchObject({
      result: 'accepted',
      reason: '202',
      message: 'The collector accepted the report.',
    });
    for (let count = 1; count < 12; count += 1) await reporter.reportNow();
    await expect(reporter.reportNow()).rejects.toMatchObject({ code: 'ERR_BUDGET' });
    await expect(reporter.send(await reporter.export())).rejects.toMatchObject({ code: 'ERR_BUDGET' });
    expect(collector.received).toHaveLength(12);
    // One installation counts once, however often it reports.
    expect(reportsOf(collector).filter(({ first }) => first.day)).toHaveLength(1);
  });

  it('counts when it is sent from a file', async () => {
    const { collector, open } = await scene();
    const reporter = open();
    const report = await reporter.export();
    for (let count = 0; count < 12; count += 1) await reporter.send(report);
    await expect(reporter.send(report)).rejects.toMatchObject({ code: 'ERR_BUDGET' });
    expect(collector.received).toHaveLength(12);
    expect(await reporter.status()).toMatchObject({ requests: 12 });
  });

  it('is written to the log in local mode, and refused when off', async () => {
    const { collector, open } = await scene();
    expect(await open({ consent: 'local' }).reportNow()).toMatchObject({ result: 'written' });
    await expect(open({ consent: 'off' }).reportNow()).rejects.toMatchObject({ code: 'ERR_OFF' });
    expect(collector.received).toEqual([]);
  });

  it.each([
    [422, /does not know this field list \(digest f{64}\)/],
    [407, /proxy asked for a password \(407\)/],
    [404, /does not know this product/],
    [503, /not working at present \(503\)/],
  ])('says in words what %i means, in its result, in status and in the event', async (status, words) => {
    const { collector, open } = await scene();
    collector.answer = (response) => void response.writeHead(status).end();
    const reporter = open();
    const messages: string[] = [];
    reporter.subscribe((event) => {
      if ('message' in event) messages.push(event.message);
    });
    const { message, remedy } = await reporter.reportNow();
    expect(message).toMatch(words);
    expect(remedy).not.toBe('');
    expect((await reporter.status()).lastReport).toMatchObject({ message, remedy });
    expect(messages).toEqual([`${message} ${remedy}`]);
  });
});
