import { describe, expect, it } from 'vitest';
import { firstTime, presentTime } from '../src/schedule/installation-time.js';
import { day, hour, minute } from './support/harness.js';

const start = Date.UTC(2026, 10, 24, 12);

describe('presentTime', () => {
  /** A machine whose clocks a test moves. */
  function machine(wall: number = start): {
    clock: { now: () => number; monotonic: () => number; boot: () => string };
    run(ms: number): void;
    set(wall: number): void;
    reboot(off: number, wall?: number): void;
  } {
    let [uptime, boot, now] = [minute, 1, wall];
    return {
      clock: { now: () => now, monotonic: () => uptime, boot: () => String(boot) },
      run(ms): void {
        uptime += ms;
        now += ms;
      },
      set(to): void {
        now = to;
      },
      reboot(off, to = now + off): void {
        [uptime, boot, now] = [minute, boot + 1, to];
      },
    };
  }

  it('measures by the monotonic clock while a machine runs, however its clock is set', () => {
    const at = machine();
    let time = firstTime(at.clock);
    for (const jump of [day, -day, 3653 * day, -20_000 * day]) {
      at.run(hour);
      at.set(at.clock.now() + jump);
      time = presentTime(time, at.clock);
    }
    expect(time.elapsed).toBe(4 * hour);
    expect(time.wall).toBe(at.clock.now());
  });

  it('takes the time between two boots from the wall clock', () => {
    const at = machine();
    const time = firstTime(at.clock);
    at.run(hour);
    at.reboot(2 * day);
    expect(presentTime(time, at.clock).elapsed).toBe(2 * day + hour);
  });

  it('loses nothing on a device that wakes in 1970 until it hears the time', () => {
    const at = machine(0);
    let time = firstTime(at.clock);
    at.set(start);
    time = presentTime(time, at.clock);
    expect(time.elapsed).toBe(0);
    for (let boot = 1; boot <= 10; boot += 1) {
      at.run(hour);
      time = presentTime(time, at.clock);
      at.reboot(0, 5000);
      time = presentTime(time, at.clock);
      expect(time.isWallBelieved).toBe(false);
      expect(time.wall).toBeGreaterThanOrEqual(start);
      at.set(start + boot * day);
      time = presentTime(time, at.clock);
      expect(time.elapsed).toBe(boot * day);
    }
  });

  it('goes on by the hours that it runs where the time is never heard', () => {
    const at = machine(0);
    let time = firstTime(at.clock);
    for (let boot = 0; boot < 10; boot += 1) {
      at.run(hour);
      time = presentTime(time, at.clock);
      at.reboot(0, 5000);
      time = presentTime(time, at.clock);
    }
    expect(time.elapsed).toBeGreaterThanOrEqual(9 * hour);
    expect(time.elapsed).toBeLessThanOrEqual(10 * hour);
  });

  it('believes a clock that goes on after a boot where it stood, and measures while it is not believed', () => {
    const at = machine();
    let time = firstTime(at.clock);
    at.reboot(0);
    time = presentTime(time, at.clock);
    expect(time.isWallBelieved).toBe(true);
    at.reboot(0, 5000);
    time = presentTime(time, at.clock);
    at.run(hour);
    time = presentTime(time, at.clock);
    expect(time).toMatchObject({ elapsed: hour, wall: start + hour, isWallBelieved: false });
    at.run(hour);
    at.set(start + day);
    time = presentTime(time, at.clock);
    expect(time).toMatchObject({ elapsed: day, wall: start + day, isWallBelieved: true });
  });

  it('believes a clock that is behind once its machine has run for a day, and was seen before in this boot', () => {
    const at = machine();
    let time = firstTime(at.clock);
    const look = (): boolean => {
      time = presentTime(time, at.clock);
      return time.isWallBelieved;
    };
    at.reboot(-30 * day);
    expect(look()).toBe(false);
    at.run(day - minute - 1);
    expect(look()).toBe(false);
    at.run(1);
    expect(look()).toBe(true);
    at.reboot(-30 * day);
    at.run(2 * day);
    expect(look()).toBe(false);
    expect(look()).toBe(true);
  });

  it('is right again after a clock was years ahead', () => {
    const at = machine(start + 3653 * day);
    let time = firstTime(at.clock);
    at.reboot(0, start);
    time = presentTime(time, at.clock);
    at.run(day);
    time = presentTime(time, at.clock);
    expect(time.wall).toBe(start + day);
    expect(time.elapsed).toBe(day);
    at.reboot(day);
    expect(presentTime(time, at.clock).elapsed).toBe(2 * day);
  });

  it('never goes back, whatever the clocks do', () => {
    const at = machine();
    let time = firstTime(at.clock);
    let before = time.elapsed;
    for (const step of [0, -day, day, -3 * day, hour, -hour, 400 * day, -400 * day]) {
      for (const isReboot of [true, false]) {
        if (isReboot) at.reboot(step);
        else at.set(at.clock.now() + step);
        at.run(minute);
        time = presentTime(time, at.clock);
        expect(time.elapsed).toBeGreaterThanOrEqual(before);
        before = time.elapsed;
      }
    }
  });

  it('takes a smaller monotonic clock for another boot where boots have no names', () => {
    let [now, monotonic] = [start, hour];
    const clock = { now: () => now, monotonic: () => monotonic };
    const time = firstTime(clock);
    expect(time.boots[0].boot).toBe('');
    [now, monotonic] = [start + day, minute];
    expect(presentTime(time, clock).elapsed).toBe(day);
    [now, monotonic] = [start + day, hour + minute];
    expect(presentTime(time, clock).elapsed).toBe(minute);
  });
});

describe('the time that clocks have counted, where machines share a state', () => {
  const at = (boot: string, monotonic: number): Parameters<typeof presentTime>[1] => ({
    now: () => start,
    monotonic: () => monotonic,
    boot: () => boot,
  });
  const first = firstTime(at('a', hour));

  it('goes on by what each of them counts, and not where another begins', () => {
    const later = presentTime(first, at('a', 3 * hour));
    expect(later).toMatchObject({ counted: 2 * hour, boots: [{ boot: 'a', monotonic: 3 * hour }] });
    const other = presentTime(later, at('b', 9 * hour));
    expect(other).toMatchObject({ counted: 2 * hour, boots: [{ boot: 'b' }, { boot: 'a' }] });
    const back = presentTime(presentTime(other, at('b', 10 * hour)), at('a', 7 * hour));
    expect(back.boots).toEqual([
      { boot: 'a', monotonic: 7 * hour, counted: 6 * hour },
      { boot: 'b', monotonic: 10 * hour, counted: 3 * hour },
    ]);
  });

  it('stays where the machine that comes back has counted less than the others', () => {
    const other = presentTime(presentTime(first, at('b', 0)), at('b', 5 * hour));
    expect(presentTime(other, at('a', 2 * hour)).counted).toBe(5 * hour);
    expect(presentTime(other, at('a', 6 * hour + 1)).counted).toBe(5 * hour + 1);
  });

  it('begins anew where the clock of a boot is smaller than it was', () => {
    const other = presentTime(presentTime(first, at('b', 0)), at('b', 5 * hour));
    expect(presentTime(other, at('a', hour - 1))).toMatchObject({
      counted: 5 * hour,
      boots: [{ boot: 'a', monotonic: hour - 1, counted: 5 * hour }, { boot: 'b' }],
    });
  });

  it('lets requests of the machine that counts grow older', () => {
    const time = { ...first, requests: [0] };
    expect(presentTime(time, at('a', 3 * hour))).toMatchObject({ counted: 2 * hour, requests: [0] });
    expect(presentTime(time, at('b', 3 * hour))).toMatchObject({ counted: 0, requests: [0] });
  });

  it('lets no request of another machine grow older by what a machine counted before it', () => {
    const seen = presentTime(first, at('a', 2 * hour));
    const other = presentTime(presentTime(seen, at('b', 0)), at('b', hour));
    const time = { ...other, requests: [hour - 1, hour, 2 * hour] };
    expect(presentTime(time, at('a', 6 * hour))).toMatchObject({
      counted: 5 * hour,
      requests: [hour - 1, 4 * hour, 5 * hour],
    });
  });

  it('is kept of the 32 machines that were seen last', () => {
    let time = first;
    for (let boot = 1; boot <= 40; boot += 1) time = presentTime(time, at(`${boot}`, 0));
    expect(time.boots.map(({ boot }) => boot)).toEqual(
      Array.from({ length: 32 }, (_, back) => `${40 - back}`),
    );
    time = presentTime(time, at('20', 0));
    expect(time.boots).toHaveLength(32);
    expect(time.boots[0].boot).toBe('20');
  });
});
