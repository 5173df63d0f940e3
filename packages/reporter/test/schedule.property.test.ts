import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstFlags } from '../src/schedule/first-flags.js';
import type { InstallationTime } from '../src/schedule/installation-time.js';
import {
  applyResult,
  begin,
  nextAction,
  longestWait,
  type MachineContext,
  open,
  prepare,
  scheduleNext,
} from '../src/schedule/machine.js';
import { defaultSchedule } from '../src/schedule/schedule.js';
import { parseState } from '../src/state/parse-state.js';
import { initialState, reportId, serializeState, type State } from '../src/state/state.js';
import { createReporter, type TransportResult } from '../src/index.js';
import { createMemoryStore } from '../src/state/memory-store.js';
import { day, hour, minute, reporterOptions, stillClock, testTime } from './support/harness.js';

const start = Date.UTC(2026, 10, 24, 12);
const schedule = { ...defaultSchedule, watch: hour };
const fresh = initialState(stillClock(start));

function context(elapsed: number, random: () => number, requests: readonly number[] = []): MachineContext {
  const time: InstallationTime = {
    elapsed,
    counted: elapsed,
    wall: start + elapsed,
    boots: [{ boot: '', monotonic: elapsed, counted: elapsed }],
    requests,
    isWallBelieved: true,
  };
  return {
    time,
    random,
    schedule,
    lease: minute,
    version: '1.2.3',
    fingerprint: 'fingerprint',
    isLasting: true,
  };
}

/** Takes one turn: what the reporter does between two waits. Says whether a request was made. */
function turn(
  state: State,
  elapsed: number,
  random: () => number,
  result: TransportResult | 'killed',
): [State, boolean] {
  const machine = context(elapsed, random, state.time.requests);
  const next = nextAction(state, machine, true);
  if (next.action === 'wait') return [next.state, false];
  const secret = 'ab'.repeat(32);
  const made = machine.time.wall;
  const built = {
    id: reportId(secret),
    secret,
    text: '{}',
    made,
    madeElapsed: elapsed,
    features: [],
    comparison: 'ab',
  };
  const kept = next.action === 'build' ? prepare(next.state, built, machine) : next.state;
  const opened = open(kept ?? state, kept?.pending?.id ?? '', machine);
  if (opened?.pending == null) throw new Error('expected a request under way');
  if (result === 'killed') return [opened, true];
  const after = context(elapsed, random, opened.time.requests);
  return [applyResult(opened, opened.pending.id, result, after)?.state ?? opened, true];
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

const accepted: TransportResult = { kind: 'answer', status: 202, retryAfter: undefined };

describe('a fleet of 10,000 that restarts at the same second', () => {
  it.each([
    ['first', (state: State) => state.due ?? 0, 2],
    [
      'second',
      (state: State, random: () => number) => turn(state, state.due ?? 0, random, accepted)[0].due ?? 0,
      1440,
    ],
  ])('spreads its %s reports over the minutes', (_name, time, minutes) => {
    const random = seeded(1);
    const perMinute = new Map<number, number>();
    for (let instance = 0; instance < 10_000; instance += 1) {
      const state = begin(fresh, context(0, random));
      const at = Math.floor(time(state, random) / minute);
      perMinute.set(at, (perMinute.get(at) ?? 0) + 1);
    }
    // What comes by chance: a mean of 7 a minute seldom has 25.
    expect(Math.max(...perMinute.values())).toBeLessThanOrEqual(Math.max(25, (2 * 10_000) / minutes));
    expect(perMinute.size).toBeGreaterThanOrEqual(0.99 * minutes);
  });

  it('spreads its first reports over the seconds of two minutes as well', () => {
    const random = seeded(2);
    const perSecond = new Map<number, number>();
    for (let instance = 0; instance < 10_000; instance += 1) {
      const second = Math.floor((begin(fresh, context(0, random)).due ?? 0) / 1000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect(Math.min(...perSecond.keys())).toBe(9 * 60);
    expect(Math.max(...perSecond.keys())).toBe(11 * 60 - 1);
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual((2 * 10_000) / 120);
  });

  it('spreads reports that wait for the next day’s requests', () => {
    const random = seeded(3);
    const perMinute = new Map<number, number>();
    const requests = Array.from({ length: 12 }, () => 0);
    for (let instance = 0; instance < 10_000; instance += 1) {
      const state = { ...fresh, due: 0 };
      const at = Math.floor((nextAction(state, context(0, random, requests), true).state.due ?? 0) / minute);
      perMinute.set(at, (perMinute.get(at) ?? 0) + 1);
    }
    expect(Math.max(...perMinute.values())).toBeLessThanOrEqual((2 * 10_000) / 144);
  });
});

describe('any run of failures, kills and restarts', () => {
  const result = fc.oneof(
    fc.constant<TransportResult>({ kind: 'failure', code: 'ECONNREFUSED' }),
    fc.constant('killed' as const),
    fc.record({
      kind: fc.constant('answer' as const),
      status: fc.constantFrom(202, 404, 408, 429, 500, 503),
      retryAfter: fc.constantFrom(undefined, '1', '7200', '9999999', 'x'),
    }),
  );
  const step = fc.record({ result, restart: fc.boolean(), late: fc.integer({ min: 0, max: 2 * day }) });

  it('makes at most 12 requests in any 24 hours, and is never silent for longer than two periods', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 60, maxLength: 120 }), fc.integer(), (steps, seed) => {
        const random = seeded(seed);
        let now = 0;
        let state = begin(fresh, context(now, random));
        const requests: number[] = [];
        for (const { result, restart, late } of steps) {
          if (restart) {
            now += late % (20 * minute);
            state = begin(parseState(serializeState(state)), context(now, random, state.time.requests));
          }
          expect(state.due).not.toBeNull();
          expect((state.due ?? 0) - now).toBeLessThanOrEqual(longestWait(schedule));
          now = Math.max(now, state.due ?? now);
          const [next, isMade] = turn(state, now, random, result);
          if (isMade) requests.push(now);
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

describe('a collector that refuses one of 300 identical installations, to follow it', () => {
  const fleet = 300;
  const days = 60;
  const refusals: readonly TransportResult[] = [
    { kind: 'answer', status: 503, retryAfter: '1' },
    { kind: 'answer', status: 503, retryAfter: '21600' },
    { kind: 'answer', status: 503, retryAfter: '86400' },
    { kind: 'answer', status: 429, retryAfter: undefined },
    { kind: 'answer', status: 422, retryAfter: undefined },
    { kind: 'failure', code: 'ECONNRESET', isSent: true },
  ];

  /** What a collector sees of each installation, day by day: when its report came first, and what it said. */
  function observe(refusal: TransportResult, seed: number, size: number): { at: number; says: string }[][] {
    const random = seeded(seed);
    return Array.from({ length: size }, (_, index) => {
      const seen: { at: number; says: string }[] = [];
      let state = begin(fresh, context(0, random));
      let last = '';
      while (seen.length < days) {
        const now = state.due ?? 0;
        const wall = start + now;
        const before = state;
        const [next, isMade] = turn(state, now, random, index === 0 && seen.length > 0 ? refusal : accepted);
        state = next;
        const today = new Date(wall).toISOString().slice(0, 10);
        if (!isMade || today === last) continue;
        last = today;
        const says = JSON.stringify([
          firstFlags(before.told, { wall, elapsed: now }),
          before.comparison.digest,
          before.features,
        ]);
        seen.push({ at: wall % day, says });
      }
      return seen;
    });
  }
  it.each(refusals)('sees nothing by which it differs from the others, with %j', (refusal) => {
    const seen = observe(refusal, 7, fleet);
    for (let index = 2; index < days; index += 1) {
      // What its report says is what every other one of that day says.
      expect(new Set(seen.map((each) => each[index]?.says)).size).toBe(1);
    }
  });

  it.each(refusals)('cannot tell when its next report comes, with %j', (refusal) => {
    // The best guess from the time of the last one, over many installations that are all refused.
    let hits = 0;
    let guesses = 0;
    for (let seed = 0; seed < 40; seed += 1) {
      const marked = observe(refusal, seed, 1)[0] ?? [];
      for (let index = 2; index < days; index += 1) {
        const [before, after] = [marked[index - 1]?.at ?? 0, marked[index]?.at ?? 0];
        guesses += 1;
        if (Math.abs(after - before) < 0.05 * day) hits += 1;
      }
    }
    // Two times drawn from a day are closer than a twentieth of it in 9.75 % of cases.
    expect(hits / guesses).toBeGreaterThan(0.07);
    expect(hits / guesses).toBeLessThan(0.125);
  });
});

describe('installations that are alike in everything but the hour', () => {
  /** The share of installations that are matched rightly from one day to the next by the nearest time of day. */
  function matched(size: number, rounds: number): number {
    const random = seeded(size);
    const time = (): number => {
      const first = scheduleNext(fresh, context(0, random)).due ?? 0;
      return (start + first) % day;
    };
    let right = 0;
    for (let round = 0; round < rounds; round += 1) {
      const today = Array.from({ length: size }, time);
      const tomorrow = Array.from({ length: size }, time);
      for (const [index, at] of today.entries()) {
        const distances = tomorrow.map((other) => Math.abs(other - at));
        if (distances.indexOf(Math.min(...distances)) === index) right += 1;
      }
    }
    return right / (size * rounds);
  }

  it.each([
    [10, 2000],
    [50, 400],
  ])('are matched at chance where there are %i', (size, rounds) => {
    expect(matched(size, rounds)).toBeGreaterThan(0.8 / size);
    expect(matched(size, rounds)).toBeLessThan(1.2 / size);
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

  it('leave one report a day by the clock that nobody sets, where it is accepted', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (settings) => {
        const at = await requestsOver(settings, 202);
        const lasted = 3 * day + settings.reduce((sum, { after }) => sum + after, 0);
        // One for each day, give or take what the draw and a set clock move it by.
        expect(at.length).toBeGreaterThanOrEqual(Math.floor(lasted / day) / 2);
        expect(at.length).toBeLessThanOrEqual(2 + settings.length + lasted / day);
        for (const [index, each] of at.entries()) {
          const next = at[index + 1];
          if (next !== undefined) expect(next - each).toBeLessThanOrEqual(2 * day + minute);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('leave at most 12 requests in any 24 hours where none is, and go on afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (settings) => {
        const at = await requestsOver(settings, 503);
        for (const [index, each] of at.entries()) {
          const twelve = at[index + 12];
          if (twelve !== undefined) expect(twelve - each).toBeGreaterThanOrEqual(day);
        }
        const settled = 1000 + settings.reduce((sum, { after }) => sum + after, 0);
        expect(at.at(-1)).toBeGreaterThan(settled);
      }),
      { numRuns: 10 },
    );
  });
});

describe('a written state', () => {
  it('reads as it was, and any text cut short does not read', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5000 }), (cut) => {
        const state = fresh;
        const text = serializeState(state);
        expect(parseState(text)).toEqual(state);
        expect(() => parseState(text.slice(0, cut % (text.length - 2)))).toThrow(
          expect.objectContaining({ code: 'ERR_STATE_INVALID' }),
        );
      }),
    );
  });

  it('of another format or with a part missing does not read, and is not quoted', () => {
    const state = JSON.parse(serializeState(fresh)) as Record<string, unknown>;
    for (const name of Object.keys(state)) {
      const { [name]: _gone, ...rest } = state;
      expect(() => parseState(JSON.stringify(rest))).toThrow(/^state: expected format 1, whole$/);
    }
    expect(() => parseState(JSON.stringify({ ...state, format: 2 }))).toThrow(/^state: expected format 1/);
    expect(() => parseState('secret')).toThrow(/^state: expected JSON$/);
  });
});
