import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random choices that are the same for the same seed. */
export interface Dice {
  /** Returns a whole number, both ends included. */
  whole(from: number, to: number): number;
  /** Returns true with this probability. */
  happens(share: number): boolean;
  /** Returns one of the choices; the probability of each is proportional to its weight. */
  pick<T>(...choices: readonly (readonly [weight: number, choice: T])[]): T;
  /** Returns one of the choices, all equally likely. */
  any<T>(choices: readonly [T, ...T[]]): T;
}

/** Creates the dice of a seed (a 32-bit whole number). */
export function createDice(seed: number): Dice {
  const random = xoroshiro128plus(seed);
  const whole = (from: number, to: number): number => uniformInt(random, from, to);
  return {
    whole,
    happens: (share) => uniformFloat64(random) < share,
    pick: (...choices) => {
      const total = choices.reduce((sum, [weight]) => sum + weight, 0);
      let left = uniformFloat64(random) * total;
      for (const [weight, choice] of choices) {
        left -= weight;
        if (left < 0) return choice;
      }
      throw new RangeError('pick needs a choice whose weight is above zero');
    },
    any: (choices) => choices[whole(0, choices.length - 1)] ?? choices[0],
  };
}
