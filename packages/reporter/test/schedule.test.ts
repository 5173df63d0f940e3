import { describe, expect, it } from 'vitest';
import type { InstallationTime } from '../src/schedule/installation-time.js';
import {
  applyResult,
  begin,
  nextAction,
  countRequest,
  longestWait,
  type MachineContext,
  open,
  prepare,
  scheduleNext,
} from '../src/schedule/machine.js';
import { defaultSchedule } from '../src/schedule/schedule.js';
import { initialState, newSecret, type Pending, reportId, type State } from '../src/state/state.js';
import type { TransportResult } from '../src/index.js';
import { day, hour, minute, stillClock } from './support/harness.js';

const start = Date.UTC(2026, 10, 24, 12);
const schedule = defaultSchedule;

/** The time of an installation that was first seen at `start`. */
function timeAt(now: number, requests: readonly number[] = []): InstallationTime {
  const elapsed = now - start;
  const boots: InstallationTime['boots'] = [{ boot: '', monotonic: 1000 + elapsed, counted: elapsed }];
  return { elapsed, counted: elapsed, wall: now, boots, requests, isWallBelieved: true };
}

function context(now: number = start, random = 0.5, requests: readonly number[] = []): MachineContext {
  return {
    time: timeAt(now, requests),
    random: () => random,
    schedule,
    lease: minute,
    version: '1.2.3',
    fingerprint: 'fingerprint',
    isLasting: true,
  };
}

const fresh = initialState(stillClock(start));

function built(now: number): Parameters<typeof prepare>[1] {
  const secret = newSecret();
  return {
    id: reportId(secret),
    secret,
    text: '{}',
    made: now,
    madeElapsed: now - start,
    features: ['sso'],
    comparison: 'ab',
  };
}

type Prepared = State & { readonly pending: Pending };

/** A state whose report was made, and which a request is under way for. */
function opened(now: number = start): Prepared {
  const { state } = nextAction(begin(fresh, context(now)), context(now), true);
  const kept = prepare(state, built(now), context(now));
  const after = open(kept ?? state, kept?.pending?.id ?? '', context(now));
  if (after?.pending == null) throw new Error('expected a pending report');
  return { ...after, pending: after.pending };
}

function answer(status: number, retryAfter?: string): TransportResult {
  return { kind: 'answer', status, retryAfter };
}

function failure(code: string, isSent?: boolean): TransportResult {
  return { kind: 'failure', code, isSent };
}

describe('begin', () => {
  it('plans the first report in ten minutes, within a tenth', () => {
    expect(begin(fresh, context(start, 0)).due).toBe(9 * minute);
    expect(begin(fresh, context(start, 1)).due).toBe(11 * minute);
  });

  it('keeps a plan through a restart, so that a crash loop still reports', () => {
    const first = begin(fresh, context());
    expect(begin(first, context(start + 5 * minute)).due).toBe(first.due);
    const far = { ...fresh, due: longestWait(schedule) };
    expect(begin(far, context()).due).toBe(far.due);
  });

  it.each([
    ['was missed', 2 * day, day],
    ['is due at this moment', day, day],
    ['is out of reach', 0, longestWait(schedule) + 1],
  ])('begins anew where the plan %s', (_name, passed, due) => {
    expect(begin({ ...fresh, due }, context(start + passed)).due).toBe(passed + 10 * minute);
  });

  it('keeps a plan as far ahead as any step of the schedule may lead', () => {
    expect(longestWait(schedule)).toBe(2 * day);
    // The requests of a day may be used up, whatever the period is.
    expect(longestWait({ ...schedule, interval: hour, jitter: 0.5 })).toBe(1.5 * day);
  });

  it('waits for a whole period and more where the state ends with the process', () => {
    const withoutState = { isLasting: false };
    expect(begin(fresh, { ...context(start, 0), ...withoutState }).due).toBe(day);
    expect(begin(fresh, { ...context(start, 1), ...withoutState }).due).toBe(2 * day);
  });
});

describe('nextAction', () => {
  it('moves the plan past the request, so that nobody else sends meanwhile', () => {
    const { state, action } = nextAction({ ...fresh, due: 0 }, context(), true);
    expect([action, state.due]).toEqual(['build', minute]);
  });

  it('sends a pending report again after its sender died', () => {
    const { action, state } = nextAction(opened(), context(start + minute), true);
    expect([action, state.due]).toEqual(['send', 2 * minute]);
  });

  it.each([
    ['is of another UTC day', { time: timeAt(start + 12 * hour) }],
    ['was made under something else', { fingerprint: 'other' }],
    ['comes from the future', { time: timeAt(start - 2 * day) }],
  ])('gives up a pending report that %s', (_name, change) => {
    const state = opened();
    const next = nextAction(state, { ...context(), ...change }, true);
    expect([next.action, next.dropped?.id, next.state.pending]).toEqual(['build', state.pending.id, null]);
  });

  it('keeps a pending report to the end of its UTC day', () => {
    expect(nextAction(opened(), context(start + 12 * hour - 1), true).action).toBe('send');
  });

  it('waits when twelve requests were made in a day, and needs none in local mode', () => {
    const requests = Array.from({ length: 12 }, (_, index) => -hour * (11 - index));
    const state = { ...fresh, due: 0 };
    const next = nextAction(state, context(start, 0.5, requests), true);
    expect(next.action).toBe('wait');
    expect(next.state.due).toBe(13 * hour + 0.05 * day);
    const local = nextAction(state, context(start, 0.5, requests), false);
    expect([local.action, local.state.time.requests]).toEqual(['build', requests]);
  });

  it('keeps a report that has to wait until later in its day', () => {
    const requests = Array.from({ length: 11 }, () => -23 * hour);
    const state = opened();
    const next = nextAction(state, context(start, 0, requests), true);
    expect(next).toMatchObject({ action: 'wait', dropped: null });
    expect(next.state).toMatchObject({ pending: state.pending, due: hour });
  });

  it('gives a report up that would have to wait until just after midnight', () => {
    const now = start + 11.5 * hour;
    const requests = Array.from({ length: 11 }, () => -11.5 * hour);
    const next = nextAction(opened(), context(now, 0, requests), true);
    expect([next.action, next.state.pending]).toEqual(['wait', null]);
  });

  it('gives a report up that would have to wait for the next day', () => {
    const requests = Array.from({ length: 11 }, () => 0);
    const next = nextAction(opened(), context(start + hour, 0, requests), true);
    expect([next.action, next.state.pending]).toEqual(['wait', null]);
    expect(next.dropped).not.toBeNull();
    expect(next.state.due).toBe(12 * hour);
  });
});

describe('open', () => {
  it('counts a request right before it is made', () => {
    const { time, pending } = opened();
    expect([time.requests, pending.isOpen]).toEqual([[0], true]);
  });

  it('takes the sender for dead a lease after the request, and not after the decision', () => {
    const state = opened();
    expect(open(state, state.pending.id, context(start + 5000))?.due).toBe(minute + 5000);
  });

  it('leaves the last three requests of a day to reports that were not tried yet', () => {
    const nine = context(
      start,
      0.5,
      Array.from({ length: 9 }, () => 0),
    );
    const state = opened();
    const tried = { ...state, pending: { ...state.pending, failures: 1 } };
    expect(open(state, state.pending.id, nine)?.time.requests).toHaveLength(10);
    expect(open(tried, state.pending.id, nine)).toBeUndefined();
  });

  it('refuses where no report is pending', () => {
    expect(open(fresh, 'any', context())).toBeUndefined();
  });

  it.each([
    ['another report is pending', 'another', {}],
    ['the choice or the endpoint changed', undefined, { fingerprint: 'other' }],
    ['its day is over', undefined, { time: timeAt(start + day) }],
  ])('refuses where %s', (_name, id, change) => {
    const state = opened();
    expect(open(state, id ?? state.pending.id, { ...context(), ...change })).toBeUndefined();
  });

  it('refuses where all requests are used up', () => {
    const state = opened();
    const requests = Array.from({ length: 12 }, () => 0);
    expect(open(state, state.pending.id, context(start, 0.5, requests))).toBeUndefined();
    expect(countRequest(state, context(start, 0.5, requests), false)).toBeUndefined();
    const later = countRequest(state, context(start + day, 0.5, requests), false);
    expect(later?.time.requests).toEqual([day]);
  });
});

describe('prepare', () => {
  it('keeps one report, and no other beside it', () => {
    const report = built(start);
    const after = prepare(fresh, report, context());
    expect(after?.pending).toMatchObject({ ...report, failures: 0, isOpen: false, isSeen: false });
    expect(prepare(after ?? fresh, built(start), context())).toBeUndefined();
  });
});

describe('applyResult', () => {
  const apply = (
    state: Prepared,
    result: TransportResult,
    now: MachineContext = context(),
  ): ReturnType<typeof applyResult> => applyResult(state, state.pending.id, result, now);

  it.each([200, 202, 204, 299])('takes %i for accepted', (status) => {
    const state = { ...opened(), features: ['sso', 'acme'] };
    const applied = apply(state, answer(status));
    expect(applied?.result).toBe('accepted');
    expect(applied?.state).toMatchObject({ accepted: start, told: 0, pending: null, due: day });
    expect(applied?.state).toMatchObject({ features: ['acme'], comparison: { digest: 'ab' } });
  });

  it.each([199, 301, 302, 307, 308, 400, 401, 403, 404, 407, 409, 413, 422, 499])(
    'drops the report on %i',
    (status) => {
      const applied = apply(opened(), answer(status));
      expect(applied?.result).toBe('dropped');
      expect(applied?.state).toMatchObject({ accepted: null, pending: null, due: day });
    },
  );

  it.each([408, 429, 500, 502, 503, 504, 599])('tries again on %i', (status) => {
    const applied = apply(opened(), answer(status));
    expect(applied?.result).toBe('retrying');
    expect(applied?.state).toMatchObject({ due: minute / 2, pending: { failures: 1, isOpen: false } });
  });

  it('tries again when there is no answer', () => {
    expect(apply(opened(), failure('ECONNREFUSED'))?.result).toBe('retrying');
  });

  it('stops on 410', () => {
    const applied = apply(opened(), answer(410));
    expect(applied?.result).toBe('dropped');
    expect(applied?.state).toMatchObject({ gone: '1.2.3', due: null, pending: null });
  });

  it('waits as long as asked, up to a tenth longer, and longer from failure to failure', () => {
    const asked = answer(503, '3600');
    expect(apply(opened(), asked, context(start, 0))?.state.due).toBe(hour);
    expect(apply(opened(), asked, context(start, 1))?.state.due).toBe(hour + 7 * minute);
    const fourth = opened();
    const state = { ...fourth, pending: { ...fourth.pending, failures: 3 } };
    expect(apply(state, asked, context(start, 1))?.state.due).toBe(hour + 14 * minute);
  });

  it('gives up a report that would have to be tried again on another UTC day', () => {
    const applied = apply(opened(), answer(503, '86400'), context(start, 0.25));
    expect(applied?.result).toBe('dropped');
    expect(applied?.state).toMatchObject({ pending: null, due: 12 * hour + 0.25 * day });
  });

  it('leaves a report alone that is no longer the pending one', () => {
    expect(applyResult(opened(), 'another', answer(202), context())).toBeUndefined();
    expect(applyResult(fresh, 'another', answer(202), context())).toBeUndefined();
  });

  it('takes for told what may have arrived, and not what cannot have', () => {
    const late = context(start + 12 * hour - 1);
    const told = (result: TransportResult): number | null | undefined =>
      apply(opened(), result, late)?.state.told;
    for (const status of [503, 429, 400, 422, 410]) expect(told(answer(status))).toBe(0);
    for (const code of ['ERR_TIMEOUT', 'ECONNRESET', 'UND_ERR_SOCKET', 'ERR_TRANSPORT', 'ERR_WORKER']) {
      expect(told(failure(code))).toBe(0);
    }
    for (const code of [
      'ECONNREFUSED',
      'ENOTFOUND',
      'EAI_AGAIN',
      'UND_ERR_CONNECT_TIMEOUT',
      'CERT_HAS_EXPIRED',
    ]) {
      expect(told(failure(code))).toBeNull();
    }
    expect(told(failure('ECONNRESET', false))).toBeNull();
    expect(told(failure('ECONNREFUSED', true))).toBe(0);
  });

  it('takes for told what one of several requests may have brought', () => {
    const retrying = apply(opened(), answer(503))?.state;
    const again = open(retrying ?? fresh, retrying?.pending?.id ?? '', context(start + minute));
    if (again?.pending == null) throw new Error('expected a pending report');
    const late = context(start + 12 * hour - 1);
    expect(apply({ ...again, pending: again.pending }, failure('ECONNREFUSED'), late)?.state.told).toBe(0);
  });

  it('takes for told what was under way when its sender died', () => {
    expect(nextAction(opened(), context(start + day), true).state.told).toBe(0);
    const unopened = prepare(fresh, built(start), context()) ?? fresh;
    expect(nextAction(unopened, context(start + day), true).state.told).toBeNull();
  });
});

describe('scheduleNext', () => {
  it('draws from the whole next UTC day, whatever the time of this one', () => {
    const midnight = Date.UTC(2026, 10, 25);
    for (const now of [start, midnight - 1, midnight - day]) {
      expect(start + (scheduleNext(fresh, context(now, 0)).due ?? 0)).toBe(midnight);
      expect(start + (scheduleNext(fresh, context(now, 0.999_999)).due ?? 0)).toBeLessThan(midnight + day);
    }
  });

  it('plans nothing more where the state ends with the process', () => {
    expect(scheduleNext(fresh, { ...context(), isLasting: false }).due).toBeNull();
  });
});
