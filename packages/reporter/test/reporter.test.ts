import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ReporterOptions, Transport } from '../src/index.js';
import { sendRequest } from '../src/transport/send-request.js';
import { startCollector } from '@candor/testing';
import { day, hour, minute, reportsOf } from './support/harness.js';
import { scene, typesOf } from './support/scene.js';

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
