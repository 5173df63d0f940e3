import { expect, it } from 'vitest';
import { ageOf, changedOf, packFlags } from '../src/flags.js';

it('packs every combination of flags into a number of its own, and unpacks what is asked of it', () => {
  const yesNo = [true, false];
  const packed = new Set<number>();
  for (const day of yesNo) {
    for (const week of yesNo) {
      for (const month of yesNo) {
        for (const counted of yesNo) {
          for (const versionListed of yesNo) {
            for (const changed of [true, false, null]) {
              for (const age of [null, 'day', 'week', 'month', 'year', 'older'] as const) {
                const flags = packFlags({
                  first: { day, week, month },
                  changed,
                  age,
                  counted,
                  versionListed,
                });
                packed.add(flags);
                expect([changedOf(flags), ageOf(flags)]).toEqual([changed, age]);
              }
            }
          }
        }
      }
    }
  }
  expect(packed.size).toBe(2 * 2 * 2 * 2 * 2 * 3 * 6);
});
