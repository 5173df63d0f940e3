import { startCollector, temporaryDirectory } from '@candor/testing';
import { describe, expect, it } from 'vitest';
import { createUsageReporting, type UsageEvent } from '../src/index.js';
import { configurationLimits, isTooLarge } from '../src/report/check-size.js';
import { hostOptions, nextEvent } from './support/host.js';

const million = 1_000_000;

/** Counts how often anything in a configuration is read. */
function counted<T extends object>(value: T): { readonly value: T; readonly reads: () => number } {
  let reads = 0;
  const watched = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get(target, key, receiver): unknown {
        reads += 1;
        const member: unknown = Reflect.get(target, key, receiver);
        return typeof member === 'object' && member !== null && !ArrayBuffer.isView(member)
          ? watched(member)
          : member;
      },
    });
  return { value: watched(value), reads: () => reads };
}

/** A list that is reached on 2 to the power of 40 ways. */
function folded(): object {
  let list: object = ['value'];
  for (let level = 0; level < 40; level += 1) list = [list, list];
  return list;
}

const large: readonly (readonly [string, () => object])[] = [
  ['a million keys', () => Object.fromEntries(Array.from({ length: million }, (_, at) => [`key${at}`, at]))],
  ['a list of a million values', () => ({ values: Array.from({ length: million }, () => 1) })],
  ['a list that claims a billion', () => ({ values: Object.assign([], { length: 1e9 }) })],
  [
    'a thousand sections of a thousand keys',
    () => {
      const section = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`key${at}`, at]));
      return Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`section${at}`, section]));
    },
  ],
  ['the same list on countless ways', () => ({ values: folded() })],
  ['a file of bytes', () => ({ certificate: Buffer.alloc(million) })],
  ['a text as long as a book', () => ({ secret: 'x'.repeat(configurationLimits.characters + 1) })],
  ['keys as long as a book', () => ({ ['k'.repeat(configurationLimits.characters + 1)]: 1 })],
];

describe('a configuration of any size', () => {
  it.each(large)('that holds %s is refused after a bounded number of steps, in words', async (_, make) => {
    const collector = await startCollector();
    const { value, reads } = counted(make());
    const usage = createUsageReporting({
      ...hostOptions(collector.url, await temporaryDirectory()),
      config: () => value as never,
    });
    const events: UsageEvent[] = [];
    usage.subscribe((event) => events.push(event));
    const dropped = nextEvent(usage, 'dropped');
    await usage.start();
    await dropped;
    await usage.stop();
    // A list reads its length before each of its values, and once more at its end.
    expect(reads()).toBeLessThanOrEqual(4 * configurationLimits.values);
    expect(events).toContainEqual({
      type: 'warning',
      code: 'WARN_CONTENT',
      message: 'no report was made: config(): expected at most 50000 values and 4000000 characters of text',
    });
    expect(collector.received).toEqual([]);
    for (const argv of [['preview'], ['preview', '--explain']]) {
      const { code, output } = await usage.command(argv);
      expect([code, output]).toEqual([1, expect.stringContaining('expected at most 50000 values')]);
    }
    expect((await usage.command(['status'])).code).toBe(0);
  });

  it('is refused for what the facts hold as well', async () => {
    const usage = createUsageReporting({
      ...hostOptions('https://collector.example/v1/reports', await temporaryDirectory()),
      factsSchema: {
        type: 'object',
        export: true,
        properties: { plugins: { type: 'array', export: 'count', items: { type: 'string' } } },
      },
      facts: () => ({ plugins: Array.from({ length: million }, () => 'plugin') }),
    });
    await expect(usage.preview()).rejects.toMatchObject({
      code: 'ERR_REPORT_INVALID',
      message: expect.stringContaining('expected at most') as string,
    });
  });

  it('is taken up to the limit', () => {
    const { values, characters } = configurationLimits;
    const list = (length: number): object => Array.from({ length }, () => 1);
    expect([isTooLarge(list(values - 1)), isTooLarge(list(values))]).toEqual([false, true]);
    const text = (length: number): object => ['x'.repeat(length)];
    expect([isTooLarge(text(characters)), isTooLarge(text(characters + 1))]).toEqual([false, true]);
  });
});
