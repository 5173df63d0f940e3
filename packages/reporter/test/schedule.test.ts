import { describe, expect, it } from 'vitest';
import { backoff, budgetDelay, retryAfter } from '../src/schedule/delays.js';
import { periodsOf } from '../src/schedule/calendar.js';
import { begin, claim, prepare, applyResult, type MachineContext } from '../src/schedule/machine.js';
import { initialState, type State } from '../src/state/state.js';
import { reportKeys } from '../src/state/keys.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2026, 10, 24, 12);

function context(now: number = start, random = 0.5): MachineContext {
  return {
    now,
    random: () => random,
    schedule: { first: 10 * minute, interval: day, jitter: 0.1 },
    lease: minute,
    version: '1.2.3',
    fingerprint: 'fingerprint',
  };
}

/** A state whose report has been prepared and claimed for sending. */
function prepared(now: number = start): State & { pending: NonNullable<State['pending']> } {
  const { state } = claim(begin(initialState(now), context(now)), context(now), true);
  const built = { id: state.nextId, text: '{}', features: ['sso'], comparison: 'ab' };
  const after = prepare(state, built, context(now));
  if (after?.pending == null) throw new Error('expected a pending report');
  return { ...after, pending: after.pending };
}

function answer(status: number, retryAfter?: string): Parameters<typeof applyResult>[2] {
  return { kind: 'answer', status, retryAfter };
}

describe('begin', () => {
  it('plans the first report in ten minutes, within a tenth', () => {
    expect(begin(initialState(start), context(start, 0)).due).toBe(start + 9 * minute);
    expect(begin(initialState(start), context(start, 1)).due).toBe(start + 11 * minute);
  });

  it('keeps a plan through a restart, so that a crash loop still reports', () => {
    const first = begin(initialState(start), context());
    expect(begin(first, context(start + 5 * minute)).due).toBe(first.due);
  });

  it.each([
    ['was missed', -3 * day],
    ['is ten years away', 3653 * day],
    ['is two days away', 2 * day],
  ])('begins anew where the plan %s', (_name, offset) => {
    expect(begin({ ...initialState(start), due: start + offset }, context()).due).toBe(start + 10 * minute);
  });
});

describe('claim', () => {
  it('moves the plan past the request, so that nobody else sends meanwhile', () => {
    const { state, action } = claim({ ...initialState(start), due: start }, context(), true);
    expect([action, state.due, state.requests]).toEqual(['build', start + minute, [start]]);
  });

  it('sends a pending report again after its sender died', () => {
    const { action, state } = claim(prepared(), context(start + minute), true);
    expect([action, state.requests.length]).toEqual(['send', 2]);
  });

  it.each([
    ['is a period old', { now: start + day }],
    ['was made under something else', { fingerprint: 'other' }],
    ['comes from the future', { now: start - 2 * day }],
  ])('gives up a pending report that %s', (_name, change) => {
    const state = prepared();
    const claimed = claim(state, { ...context(), ...change }, true);
    expect([claimed.action, claimed.dropped?.id, claimed.state.pending]).toEqual([
      'build',
      state.pending.id,
      null,
    ]);
  });

  it('waits when twelve requests were made in a day, and counts none in local mode', () => {
    const requests = Array.from({ length: 12 }, (_, index) => start - hour * index);
    const state = { ...initialState(start), due: start, requests };
    const claimed = claim(state, context(), true);
    expect(claimed.action).toBe('wait');
    expect(claimed.state.due).toBeGreaterThanOrEqual(start - 11 * hour + day);
    expect(claim(state, context(), false).action).toBe('build');
    expect(claim(state, context(), false).state.requests).toBe(requests);
  });
});

describe('prepare', () => {
  it('keeps only the report that the state led to, and deletes the key that it was hashed with', () => {
    const state = initialState(start);
    const built = { id: state.nextId, text: '{}', features: [], comparison: 'ab' };
    const after = prepare(state, built, context());
    expect(after?.nextId).not.toBe(state.nextId);
    const today = '2026-11-24';
    const key = reportKeys(state, today, 'gateway', 'https://a').key;
    expect(reportKeys(after ?? state, today, 'gateway', 'https://a').key).not.toEqual(key);
    expect(prepare(state, { ...built, id: 'another' }, context())).toBeUndefined();
  });
});

describe('settle', () => {
  it.each([200, 202, 204, 299])('takes %i for accepted', (status) => {
    const state = { ...prepared(), features: ['sso', 'acme'] };
    const settled = applyResult(state, state.pending.id, answer(status), context());
    expect(settled?.result).toBe('accepted');
    expect(settled?.state).toMatchObject({ accepted: start, pending: null, due: start + day });
    expect(settled?.state).toMatchObject({ features: ['acme'], comparison: { digest: 'ab' } });
  });

  it.each([301, 302, 307, 308, 400, 401, 403, 404, 407, 413, 422])('drops the report on %i', (status) => {
    const state = prepared();
    const settled = applyResult(state, state.pending.id, answer(status), context());
    expect(settled?.result).toBe('dropped');
    expect(settled?.state).toMatchObject({ accepted: null, pending: null, due: start + day });
  });

  it.each([408, 429, 500, 502, 503, 504])('tries again on %i', (status) => {
    const state = prepared();
    const settled = applyResult(state, state.pending.id, answer(status), context());
    expect(settled?.result).toBe('retrying');
    expect(settled?.state).toMatchObject({ due: start + minute / 2, pending: { failures: 1 } });
  });

  it('tries again when there is no answer', () => {
    const state = prepared();
    const settled = applyResult(
      state,
      state.pending.id,
      { kind: 'failure', code: 'ECONNREFUSED' },
      context(),
    );
    expect(settled?.result).toBe('retrying');
  });

  it('stops on 410', () => {
    const state = prepared();
    const settled = applyResult(state, state.pending.id, answer(410), context());
    expect(settled?.state).toMatchObject({ gone: '1.2.3', due: null, pending: null });
  });

  it('waits as long as asked, and up to a tenth longer', () => {
    const state = prepared();
    const asked = answer(503, '3600');
    expect(applyResult(state, state.pending.id, asked, context(start, 0))?.state.due).toBe(start + hour);
    expect(applyResult(state, state.pending.id, asked, context(start, 1))?.state.due).toBe(
      start + 1.1 * hour,
    );
  });

  it('leaves a report alone that is no longer the pending one', () => {
    expect(applyResult(prepared(), 'another', answer(202), context())).toBeUndefined();
  });
});

describe('retryAfter', () => {
  it.each([
    ['1', minute],
    ['60', minute],
    ['61', 10 * minute],
    ['3601', 6 * hour],
    ['99999999999999999999', day],
    [new Date(start + 2 * minute).toUTCString(), 10 * minute],
    ['Fri, 31 Dec 9999 23:59:59 GMT', day],
  ])('reads %s as a step', (header, delay) => {
    expect(retryAfter(header, start)).toBe(delay);
  });

  it.each([undefined, '', '0', '-5', '1.5', 'soon', '1e9', new Date(start - hour).toUTCString()])(
    'has no use for %s',
    (header) => {
      expect(retryAfter(header, start)).toBeUndefined();
    },
  );
});

describe('backoff', () => {
  it('doubles from a minute to six hours, with full jitter', () => {
    expect([0, 1, 2, 5, 8, 9, 60].map((failures) => backoff(failures, () => 1) / minute)).toEqual([
      1, 2, 4, 32, 256, 360, 360,
    ]);
    expect(backoff(5, () => 0)).toBe(0);
  });
});

describe('budgetDelay', () => {
  it('counts requests of the last day, and those from the future as just made', () => {
    const twelve = Array.from({ length: 12 }, () => start);
    expect(budgetDelay(twelve, start + hour)).toBe(23 * hour);
    expect(budgetDelay(twelve.slice(1), start + hour)).toBe(0);
    expect(budgetDelay(twelve, start + day)).toBe(0);
    expect(budgetDelay(twelve, start - 3650 * day)).toBe(day);
  });
});

describe('periodsOf', () => {
  it.each([
    ['2026-01-01', '2026-W01'],
    ['2027-01-01', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2024-12-30', '2025-W01'],
    ['2024-12-29', '2024-W52'],
  ])('puts %s in ISO week %s', (date, week) => {
    expect(periodsOf(Date.parse(date))).toEqual({ day: date, week, month: date.slice(0, 7) });
    expect(periodsOf(Date.parse(date) + day - 1).week).toBe(week);
  });
});
