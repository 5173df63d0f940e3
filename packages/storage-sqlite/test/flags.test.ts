import { expect, it } from 'vitest';
import { packFlags } from '../src/flags.js';

it('packs every combination of flags into a number of its own', () => {
  const yesNo = [true, false];
  const packed = yesNo.flatMap((day) =>
    yesNo.flatMap((week) =>
      yesNo.flatMap((month) =>
        [true, false, null].flatMap((changed) =>
          ([null, 'day', 'week', 'month', 'year', 'older'] as const).map((age) =>
            packFlags({ first: { day, week, month }, changed, age }),
          ),
        ),
      ),
    ),
  );
  expect(new Set(packed).size).toBe(2 * 2 * 2 * 3 * 6);
});
