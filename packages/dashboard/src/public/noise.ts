/** Returns a uniform whole number from 0 up to, and not including, a bound; `randomInt` of `node:crypto` is one. */
export type RandomInteger = (bound: number) => number;

/** A positive share as a fraction of whole numbers, so that no floating point number decides about privacy. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * Draws from the discrete Laplace distribution: the probability of n is proportional to exp(−ε |n|).
 *
 * The draw is exact: it uses whole numbers only, since the gaps between floating point numbers would reveal the counts
 * (Mironov, "On significance of the least significant bits for differential privacy", 2012). The method is Algorithm 2
 * of Canonne, Kamath and Steinke, "The discrete Gaussian for differential privacy", 2020.
 */
export function discreteLaplace({ numerator, denominator }: Fraction, random: RandomInteger): number {
  for (;;) {
    const start = random(denominator);
    // Accepted with probability exp(-start/denominator).
    if (!bernoulliExp(start, denominator, random)) continue;
    let whole = 0;
    while (bernoulliExp(1, 1, random)) whole += 1;
    const magnitude = Math.floor((start + denominator * whole) / numerator);
    const isNegative = random(2) === 1;
    // Zero has one sign only.
    if (isNegative && magnitude === 0) continue;
    return isNegative ? -magnitude : magnitude;
  }
}

/** Returns true with probability exp(−numerator/denominator), for a fraction from 0 to 1. */
function bernoulliExp(numerator: number, denominator: number, random: RandomInteger): boolean {
  let at = 1;
  // True with probability numerator / (denominator × at): the factors of the series of exp.
  while (random(denominator * at) < numerator) at += 1;
  return at % 2 === 1;
}
