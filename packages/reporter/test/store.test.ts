import { describe, expect, it } from 'vitest';
import { day, hour, minute, reportsOf } from './support/harness.js';
import { scene } from './support/scene.js';

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
