import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock, TransportResult } from '../src/index.js';
import { presentTime } from '../src/schedule/installation-time.js';
import {
  applyResult,
  begin,
  nextAction,
  type MachineContext,
  open,
  prepare,
} from '../src/schedule/machine.js';
import { defaultSchedule } from '../src/schedule/schedule.js';
import { parseState } from '../src/state/parse-state.js';
import { initialState, serializeState, type State } from '../src/state/state.js';
import { day, hour, minute } from './support/harness.js';

const start = Date.UTC(2026, 10, 24, 12);

/** How a machine names its boots. */
type Naming = 'by the kernel' | 'by the time of the start' | 'not at all';

/** A machine whose clocks and boots a test decides; `real` is a time that it never sees. */
interface Machine {
  readonly clock: Clock;
  /** Sets the wall clock by so much. */
  set(jump: number): void;
  /** Starts anew, with a wall clock that is wrong by so much. */
  boot(wrong: number): void;
}

function machine(real: () => number, naming: Naming, name: number): Machine {
  let [booted, boots, wrong] = [real() - hour, 0, 0];
  const now = (): number => start + real() + wrong;
  const monotonic = (): number => real() - booted;
  return {
    clock: {
      now,
      monotonic,
      ...(naming !== 'not at all' && {
        boot: () =>
          naming === 'by the kernel'
            ? `${name}.${boots}`
            : String(Math.round((now() - monotonic()) / (10 * minute))),
      }),
    },
    set(jump): void {
      wrong += jump;
    },
    boot(by): void {
      booted = real();
      boots += 1;
      wrong = by;
    },
  };
}

/** An installation on a machine, or on several that share its state, in a time that only the test knows. */
function installation(machines: number, naming: Naming, answer: TransportResult, random: () => number) {
  let real = 0;
  let at = 0;
  const all = Array.from({ length: machines }, (_, name) => machine(() => real, naming, name));
  const requests: number[] = [];
  let state = initialState(present().clock);
  start();

  return {
    requests,
    counted: () => presentTime(state.time, present().clock).counted,
    real: () => real,
    present,
    start,
    /** From now on another machine acts. */
    move(): void {
      at = (at + 1) % machines;
      start();
    },
    run(ms: number): void {
      const end = real + ms;
      for (;;) {
        const { time } = contextOf(state);
        const wait = Math.max(0, (state.due ?? Infinity) - time.elapsed);
        if (real + wait > end) break;
        real += wait;
        state = takeTurn(state);
      }
      real = end;
    },
  };

  function present(): Machine {
    return all[at]!;
  }

  /** Starts the program. */
  function start(): void {
    state = parseState(serializeState(state));
    state = begin(state, contextOf(state));
  }

  function contextOf(of: State): MachineContext {
    return {
      time: presentTime(of.time, present().clock),
      random,
      schedule: defaultSchedule,
      lease: minute,
      version: '1.2.3',
      fingerprint: '',
      isLasting: true,
    };
  }

  function takeTurn(before: State): State {
    const context = contextOf(before);
    const next = nextAction(before, context, true);
    if (next.action === 'wait') return next.state;
    const { wall: made, elapsed: madeElapsed } = context.time;
    const secret = 'ab'.repeat(32);
    const id = String(requests.length);
    const built = { id, secret, text: '{}', made, madeElapsed, features: [], comparison: 'ab' };
    const kept = next.action === 'build' ? prepare(next.state, built, context) : next.state;
    const opened = kept?.pending ? open(kept, kept.pending.id, context) : undefined;
    if (opened?.pending == null) return kept ?? next.state;
    requests.push(real);
    return applyResult(opened, opened.pending.id, answer, contextOf(opened))?.state ?? opened;
  }
}

const jump = fc.oneof(
  fc.constantFrom(0, day, 2 * day, -2 * day, 40 * day, 3653 * day, -start),
  fc.integer({ min: -2 * day, max: 2 * day }),
);
const step = fc.record({
  what: fc.constantFrom('boot', 'set', 'restart', 'move'),
  jump,
  run: fc.oneof(fc.constantFrom(0, minute, 11 * minute), fc.integer({ min: 0, max: day })),
});
const life = fc.record({
  steps: fc.array(step, { minLength: 10, maxLength: 60 }),
  machines: fc.integer({ min: 1, max: 3 }),
  naming: fc.constantFrom<Naming>('by the kernel', 'by the time of the start', 'not at all'),
  seed: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
});
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

function live({ steps, machines, naming, seed }: Life, answer: TransportResult) {
  // Machines without names of boots cannot be told apart, so that they cannot share a state.
  const shared = naming === 'by the kernel' ? machines : 1;
  let drawn = seed;
  const random = (): number => (drawn = (drawn * 9301 + 0.49297) % 1);
  const one = installation(shared, naming, answer, random);
  for (const { what, jump: by, run } of steps) {
    if (what === 'boot') {
      one.present().boot(by);
      one.start();
    } else if (what === 'set') one.present().set(by);
    else if (what === 'move') one.move();
    else one.start();
    one.run(run);
  }
  return one;
}

function mostIn24Hours(requests: readonly number[]): number {
  return Math.max(
    0,
    ...requests.map((from) => requests.filter((at) => at >= from && at < from + day).length),
  );
}

const refused: TransportResult = { kind: 'answer', status: 503, retryAfter: '1' };
const accepted: TransportResult = { kind: 'answer', status: 202, retryAfter: undefined };

describe('any sequence of boots, clocks and restarts', () => {
  it.each([
    ['where every request is refused', refused],
    ['where every report is accepted', accepted],
  ])('makes at most 12 requests in any real 24 hours, %s', (_, answer) => {
    fc.assert(
      fc.property(life, (lived) => {
        const one = live(lived, answer);
        expect(mostIn24Hours(one.requests)).toBeLessThanOrEqual(12);
        expect(one.counted()).toBeLessThanOrEqual(one.real());
      }),
      { numRuns: 150 },
    );
  });

  it('goes on afterwards: a machine that stays up reports within three days, and then every day', () => {
    fc.assert(
      fc.property(life, (lived) => {
        const one = live(lived, accepted);
        one.run(3 * day);
        const before = one.requests.length;
        one.run(10 * day);
        expect(one.requests.length - before).toBeGreaterThanOrEqual(9);
        expect(one.requests.length - before).toBeLessThanOrEqual(11);
      }),
      { numRuns: 80 },
    );
  });

  it('makes 12 requests at most where each boot leaps by days, and the clock is never set right', () => {
    const one = installation(1, 'by the kernel', refused, () => 0.5);
    for (let boot = 1; boot <= 40; boot += 1) {
      one.present().boot(boot * 2 * day);
      one.start();
      one.run(30 * minute);
    }
    expect(one.requests.length).toBeGreaterThan(0);
    expect(mostIn24Hours(one.requests)).toBeLessThanOrEqual(12);
  });
});
