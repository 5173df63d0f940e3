import { describe, expect, it } from 'vitest';
import { receivedDay } from '../src/intake/received-day.js';
import { noon } from './support/collecting.js';

const backdating = { allowBackdating: true, retention: 10 };
const badDay = (detail: string): unknown => expect.objectContaining({ code: 'bad-day', message: detail });

describe('the day of receipt', () => {
  it('is today, in UTC, where no header says otherwise', () => {
    for (const allowBackdating of [true, false]) {
      expect(receivedDay(undefined, noon, { allowBackdating, retention: 10 })).toBe('2026-11-24');
    }
  });

  it.each(['2026-11-24', '2026-11-23', '2026-11-14'])('may be %s where reports are dated back', (day) => {
    expect(receivedDay(day, noon, backdating)).toBe(day);
  });

  it.each(['2026-11-25', '2026-11-13', '', '2026-11-32', 'yesterday'])('is never %j', (day) => {
    expect(() => receivedDay(day, noon, backdating)).toThrow(
      badDay('The header candor-received must be a day (YYYY-MM-DD) of the last 10.') as Error,
    );
  });

  it('is nothing that a sender may say by itself', () => {
    expect(() => receivedDay('2026-11-24', noon, { ...backdating, allowBackdating: false })).toThrow(
      badDay('This collector does not take the header candor-received.') as Error,
    );
  });
});
