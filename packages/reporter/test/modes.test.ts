import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { ReporterOptions } from '../src/index.js';
import { day, hour, minute, reportsOf } from './support/harness.js';
import { scene, typesOf } from './support/scene.js';

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
