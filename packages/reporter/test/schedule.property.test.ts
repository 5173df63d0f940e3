import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  begin,
  claim,
  longestWait,
  prepare,
  applyResult,
  type MachineContext,
} from '../src/schedule/machine.js';
import { initialState, parseState, serializeState, type State } from '../src/state/state.js';
import { createReporter, type TransportResult } from '../src/index.js';
import { createMemoryStore } from '../src/state/memory-store.js';
import { reporterOptions, testTime } from './support/harness.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2026, 10, 24, 12);
const schedule = { first: 10 * minute, interval: day, jitter: 0.1 };

function context(now: number, random: () => number): MachineContext {
  return { now, random, schedule, lease: minute, version: '1.2.3', fingerprint: 'fingerprint' };
}

/** Takes one turn at `now`: what the reporter does between two waits. */
function turn(
  state: State,
  now: number,
  random: () => number,
  outcome: TransportResult | 'killed',
): [State, boolean] {
  const machine = context(now, random);
  const claimed = claim(state, machine, true);
  if (claimed.action === 'wait') return [claimed.state, false];
  const built = { id: claimed.state.nextId, text: '{}', features: [], comparison: 'ab' };
  const kept = claimed.action === 'build' ? prepare(claimed.state, built, machine) : claimed.state;
  if (kept?.pending == null) throw new Error('expected a pending report');
  if (outcome === 'killed') return [kept, true];
  return [applyResult(kept, kept.pending.id, outcome, machine)?.state ?? kept, true];
}

/** A small generator of its own, so that a failing run can be run again. */
function seeded(seed: number): () => number {
  let value = seed;
  return () => {
    value = (value + 0x6d2b79f5) | 0;
    let mixed = Math.imul(value ^ (value >>> 15), value | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('a fleet of 10,000 that restarts at the same second', () => {
  it.each([
    ['first', (state: State) => state.due ?? 0, 2],
    [
      'second',
      (state: State, random: () => number) =>
        turn(state, state.due ?? 0, random, { kind: 'answer', status: 202, retryAfter: undefined })[0].due ??
        0,
      290,
    ],
  ])('spreads its %s reports: no minute has more than twice its share', (_name, time, minutes) => {
    const random = seeded(1);
    const perMinute = new Map<number, number>();
    for (let instance = 0; instance < 10_000; instance += 1) {
      const state = begin(initialState(start), context(start, random));
      const at = Math.floor(time(state, random) / minute);
      perMinute.set(at, (perMinute.get(at) ?? 0) + 1);
    }
    expect(Math.max(...perMinute.values())).toBeLessThanOrEqual((2 * 10_000) / minutes);
    expect(perMinute.size).toBeGreaterThanOrEqual(minutes);
  });

  it('spreads its first reports over the seconds of two minutes as well', () => {
    const random = seeded(2);
    const perSecond = new Map<number, number>();
    for (let instance = 0; instance < 10_000; instance += 1) {
      const { due } = begin(initialState(start), context(start, random));
      const second = Math.floor(((due ?? 0) - start) / 1000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect(Math.min(...perSecond.keys())).toBe(9 * 60);
    expect(Math.max(...perSecond.keys())).toBe(11 * 60 - 1);
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual((2 * 10_000) / 120);
  });

  it('spreads reports that wait for the next day’s requests', () => {
    const random = seeded(3);
    const perMinute = new Map<number, number>();
    const requests = Array.from({ length: 12 }, () => start);
    for (let instance = 0; instance < 10_000; instance += 1) {
      const state = { ...initialState(start), due: start, requests };
      const at = Math.floor((claim(state, context(start, random), true).state.due ?? 0) / minute);
      perMinute.set(at, (perMinute.get(at) ?? 0) + 1);
    }
    expect(Math.max(...perMinute.values())).toBeLessThanOrEqual((2 * 10_000) / 144);
  });
});

describe('any run of failures, kills and restarts', () => {
  const outcome = fc.oneof(
    fc.constant<TransportResult>({ kind: 'failure', code: 'ECONNREFUSED' }),
    fc.constant('killed' as const),
    fc.record({
      kind: fc.constant('answer' as const),
      status: fc.constantFrom(202, 404, 408, 429, 500, 503),
      retryAfter: fc.constantFrom(undefined, '1', '7200', '9999999', 'x'),
    }),
  );
  const step = fc.record({ outcome, restart: fc.boolean(), late: fc.integer({ min: 0, max: 2 * day }) });

  it('makes at most 12 requests in any 24 hours, and is never silent for longer than a period', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 60, maxLength: 120 }), fc.integer(), (steps, seed) => {
        const random = seeded(seed);
        let now = start;
        let state = begin(initialState(now), context(now, random));
        const requests: number[] = [];
        for (const { outcome, restart, late } of steps) {
          if (restart) {
            now += late % (20 * minute);
            state = begin(parseState(serializeState(state)), context(now, random));
          }
          expect(state.due).not.toBeNull();
          expect((state.due ?? 0) - now).toBeLessThanOrEqual(longestWait(schedule));
          now = Math.max(now, state.due ?? now);
          const [next, made] = turn(state, now, random, outcome);
          if (made) requests.push(now);
          state = next;
        }
        for (const [index, time] of requests.entries()) {
          const twelve = requests[index + 12];
          if (twelve !== undefined) expect(twelve - time).toBeGreaterThanOrEqual(day);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('any settings of the wall clock', () => {
  const jump = fc.oneof(
    fc.constantFrom(2 * day, -2 * day, 3653 * day, -3653 * day),
    fc.integer({ min: -2 * day, max: 2 * day }),
  );
  const steps = fc.array(fc.record({ after: fc.integer({ min: 0, max: 2 * day }), jump }), {
    minLength: 1,
    maxLength: 12,
  });

  /** When a running reporter makes requests, by a clock that nobody sets. */
  async function requestsOver(
    settings: readonly { after: number; jump: number }[],
    status: number,
  ): Promise<number[]> {
    const time = testTime(start);
    const at: number[] = [];
    const transport = (): Promise<TransportResult> => {
      at.push(time.clock.monotonic());
      return Promise.resolve({ kind: 'answer', status, retryAfter: undefined });
    };
    const { clock, timers } = time;
    const options = { clock, timers, transport };
    const reporter = createReporter(reporterOptions('https://a.example/', createMemoryStore(), options));
    await reporter.start();
    for (const { after, jump } of settings) {
      await time.pass(after);
      time.set(time.clock.now() + jump);
    }
    await time.pass(3 * day);
    await reporter.stop();
    return at;
  }

  it('leave one report per period where it is accepted', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (settings) => {
        const at = await requestsOver(settings, 202);
        expect(at.length).toBeGreaterThan(2);
        for (const [index, each] of at.entries()) {
          const next = at[index + 1];
          if (next === undefined) continue;
          expect(next - each).toBeGreaterThanOrEqual(0.9 * day - 1);
          expect(next - each).toBeLessThanOrEqual(1.1 * day + 1);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leave at most 12 requests in any 24 hours where none is, and go on within a day or two of the last', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (settings) => {
        const at = await requestsOver(settings, 503);
        for (const [index, each] of at.entries()) {
          const twelve = at[index + 12];
          if (twelve !== undefined) expect(twelve - each).toBeGreaterThanOrEqual(day);
        }
        // Requests whose times a clock set back has made uncertain count from when that is seen.
        const settled = 1000 + settings.reduce((sum, { after }) => sum + after, 0);
        expect(at.at(-1)).toBeGreaterThan(settled);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a written state', () => {
  it('reads as it was, and any text cut short does not read', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5000 }), (cut) => {
        const state = initialState(start);
        const text = serializeState(state);
        expect(parseState(text)).toEqual(state);
        expect(() => parseState(text.slice(0, cut % (text.length - 2)))).toThrow(
          expect.objectContaining({ code: 'ERR_STATE_INVALID' }),
        );
      }),
    );
  });

  it('of another format or with a part missing does not read, and is not quoted', () => {
    const state = JSON.parse(serializeState(initialState(start))) as Record<string, unknown>;
    for (const name of Object.keys(state)) {
      const { [name]: _gone, ...rest } = state;
      expect(() => parseState(JSON.stringify(rest))).toThrow(/^state: expected format 1, whole$/);
    }
    expect(() => parseState(JSON.stringify({ ...state, format: 2 }))).toThrow(/^state: expected format 1/);
    expect(() => parseState('secret')).toThrow(/^state: expected JSON$/);
  });
});
