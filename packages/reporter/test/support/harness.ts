import type { Report } from '@candor/protocol';
import type { TestCollector } from '@candor/testing';
import type { Clock, ReporterEvent, ReporterOptions, Timers } from '../../src/index.js';

/** Milliseconds. */
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The reports that a collector got, in order. */
export function reportsOf(collector: TestCollector): Report[] {
  return collector.received.map(({ text }) => JSON.parse(text) as Report);
}

/** Options of a reporter of a released gateway, whose configuration a test may change. */
export function reporterOptions(
  endpoint: string,
  state: ReporterOptions['state'],
  more: Partial<ReporterOptions> = {},
): ReporterOptions {
  return {
    product: 'gateway',
    version: '1.2.3',
    endpoint,
    consent: 'on',
    fields: { digest: 'f'.repeat(64), fields: [{ path: 'api', exportedAs: 'as it is' }] },
    buildContent: ({ key, comparisonKey }) => ({
      configuration: { api: true },
      hash: Buffer.from(key).toString('hex').slice(0, 32),
      comparison: Buffer.from(comparisonKey).toString('hex'),
    }),
    env: {},
    state,
    ...more,
    // Looking each minute takes long over days that a test lets pass.
    schedule: { watch: 3_600_000, ...more.schedule },
  };
}

/** A clock and timers that stand still until a test moves them. */
export interface TestTime {
  readonly clock: { now(): number; monotonic(): number };
  readonly timers: Timers;
  /** Lets time pass, running each timer when it is due, until what it started is `settled` (armed the next). */
  pass(ms: number, settled?: () => boolean): Promise<void>;
  /** Both clocks go on while the machine sleeps, and no timer counts. */
  sleep(ms: number): void;
  /** Sets the wall clock, as an administrator does. */
  set(now: number): void;
  armed(): number;
}

/** A clock that stands still. */
export function stillClock(now: number): Clock {
  return { now: () => now, monotonic: () => 1000 };
}

/** Creates a clock that shows `now`. */
export function testTime(now: number = Date.UTC(2026, 0, 1)): TestTime {
  let wall = now;
  let monotonic = 1000;
  const waiting = new Set<{ at: number; run: () => void }>();
  return {
    clock: { now: () => wall, monotonic: () => monotonic },
    timers: {
      after(delay, run): () => void {
        const timer = { at: monotonic + delay, run };
        waiting.add(timer);
        return () => waiting.delete(timer);
      },
    },
    async pass(ms, settled = () => waiting.size > 0): Promise<void> {
      const end = monotonic + ms;
      for (;;) {
        const next = [...waiting].sort((a, b) => a.at - b.at)[0];
        if (next === undefined || next.at > end) break;
        waiting.delete(next);
        const step = Math.max(0, next.at - monotonic);
        monotonic += step;
        wall += step;
        next.run();
        while (!settled()) await new Promise((resolve) => setImmediate(resolve));
      }
      wall += end - monotonic;
      monotonic = end;
    },
    sleep(ms): void {
      wall += ms;
      monotonic += ms;
      for (const timer of waiting) timer.at += ms;
    },
    set: (now) => {
      wall = now;
    },
    armed: () => waiting.size,
  };
}

/** Waits for the next event of a type. */
export function nextEvent<T extends ReporterEvent['type']>(
  reporter: { subscribe(listener: (event: ReporterEvent) => void): () => void },
  type: T,
): Promise<Extract<ReporterEvent, { type: T }>> {
  return new Promise((resolve) => {
    const end = reporter.subscribe((event) => {
      if (event.type !== type) return;
      end();
      resolve(event as Extract<ReporterEvent, { type: T }>);
    });
  });
}
