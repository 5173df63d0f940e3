import { startCollector } from '@candor/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { UsageEvent } from '../src/index.js';
import { createUntyped, hostOptions } from './support/host.js';

const secret = 'hunter2-in-an-error';

// oxlint-disable unicorn/no-thenable -- hosts may return anything

/** Ways for a call of the host to fail. */
const failures: Readonly<Record<string, () => unknown>> = {
  throws: () => {
    throw new Error(secret);
  },
  'throws null': () => {
    // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error -- hosts may
    throw null;
  },
  rejects: () => Promise.reject(new Error(secret)),
  'rejects later': () =>
    new Promise((_, reject) => {
      setImmediate(() => reject(new Error(secret)));
    }),
  'returns what cannot be awaited': () => ({
    get then(): never {
      throw new Error(secret);
    },
  }),
  'returns what throws when it is awaited': () => ({
    then(): never {
      throw new Error(secret);
    },
  }),
};

/** Where a host's call is made. */
const places: Readonly<Record<string, (call: () => unknown) => object>> = {
  config: (call) => ({ config: call }),
  facts: (call) => ({
    facts: call,
    factsSchema: {
      type: 'object',
      export: true,
      properties: { cores: { type: 'integer', export: true } },
    },
  }),
  logger: (call) => ({ logger: { info: call, warn: call } }),
  'store, reading': (call) => ({ state: { read: call, compareAndSet: () => Promise.resolve(true) } }),
  'store, writing': (call) => ({ state: { read: () => Promise.resolve(undefined), compareAndSet: call } }),
};

const cases = Object.keys(places).flatMap((place) =>
  Object.keys(failures).map((how) => [place, how] as const),
);

describe('a host whose own call fails', () => {
  it.each(cases)('is not disturbed: %s %s', async (place, how) => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    onTestFinished(() => void process.off('unhandledRejection', note));
    const call = failures[how]!;
    const collector = await startCollector();
    const usage = createUntyped({
      ...hostOptions(collector.url, {
        read: () => Promise.resolve(undefined),
        compareAndSet: () => Promise.resolve(true),
      }),
      schedule: { first: 60_000, interval: 3_600_000 },
      ...places[place]!(call),
    });
    const events: UsageEvent[] = [];
    usage.subscribe((event) => events.push(event));
    // What a listener does is the host's own, too.
    usage.subscribe(call as () => void);
    await usage.start();
    // Warnings of this package and of the reporter go to the same listeners.
    usage.markFeatureUsed('not declared');
    const shown = [];
    for (const argv of [
      ['status'],
      ['preview'],
      ['preview', '--explain'],
      ['log'],
      ['report-now'],
      ['doctor'],
    ]) {
      shown.push(await usage.command(argv));
    }
    const page = await usage.fetch(new Request('http://localhost/usage'));
    shown.push(await page.text());
    await usage.stop();
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
    expect(events).toContainEqual(expect.objectContaining({ code: 'WARN_FEATURE' }));
    expect(JSON.stringify([events, shown])).not.toContain(secret);
  });
});
