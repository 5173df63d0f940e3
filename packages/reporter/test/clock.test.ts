import { uptime } from 'node:os';
import { describe, expect, it } from 'vitest';
import { createCore } from '../src/run/core.js';
import { day, hour, minute, reporterOptions } from './support/harness.js';
import { scene } from './support/scene.js';

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
