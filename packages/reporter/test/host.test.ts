import { channel } from 'node:diagnostics_channel';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ReportContent, ReporterOptions } from '../src/index.js';
import { day, hour, minute, nextEvent, reportsOf } from './support/harness.js';
import { scene, typesOf } from './support/scene.js';

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
