import { discreteLaplace, type Fraction, type RandomInteger } from './noise.js';

/** How published numbers protect an installation. */
export interface PublicRules {
  /** The privacy loss of one published number. */
  readonly epsilon: Fraction;
  /** The probability that a number of a group below `k` is shown nevertheless. */
  readonly delta: number;
  /** The smallest group that should be visible. */
  readonly k: number;
  /** A product with fewer installations in a week is not published. */
  readonly leastInstallations: number;
}

/** ε = 1 for a number, δ = 10⁻⁶, k = 5: a number below 19 is not shown. */
export const defaultPublicRules: PublicRules = {
  epsilon: { numerator: 1, denominator: 1 },
  delta: 1e-6,
  k: 5,
  leastInstallations: 50,
};

/** Returns the smallest noised number that is shown: k + ⌈ln(1/2δ)/ε⌉. */
export function thresholdOf({ k, delta, epsilon }: PublicRules): number {
  return k + Math.ceil((Math.log(1 / (2 * delta)) * epsilon.denominator) / epsilon.numerator);
}

/** How many rows of a table are shown at most. */
const mostRows = 50;

/** The numbers of one question in one week. */
export interface Table {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly count: number }[];
}

/** A table of true numbers. */
export interface TrueTable extends Table {
  /** In how many rows one installation can be; declared, not counted from the reports. */
  readonly rowsOfOne: number;
}

/** The published numbers of a week. Once written they never change. */
export interface PublicWeek {
  /** Monday of an ISO 8601 week that is over. */
  readonly firstDay: string;
  readonly installations: number;
  readonly tables: readonly Table[];
  /** The ε spent on one installation in this week: for the total, and for each row that it can be in. */
  readonly epsilonSpent: number;
}

/**
 * Adds noise to the true numbers of a week and drops rows below the threshold. Nothing shows a dropped row: there is no
 * row for the others, and totals are noised too. Returns undefined for a product with too few installations, by the
 * noised total, so that the decision reveals no more than the number would.
 */
export function publish(
  truth: {
    readonly firstDay: string;
    readonly installations: number;
    readonly tables: readonly TrueTable[];
  },
  rules: PublicRules,
  random: RandomInteger,
): PublicWeek | undefined {
  const noised = (count: number): number => Math.max(0, count + discreteLaplace(rules.epsilon, random));
  const installations = noised(truth.installations);
  if (installations < rules.leastInstallations) return undefined;
  const threshold = thresholdOf(rules);
  const tables = truth.tables.map(({ title, rows }) => ({
    title,
    rows: rows
      .map(({ name, count }) => ({ name, count: noised(count) }))
      .filter(({ count }) => count >= threshold)
      // Noise must not make a part larger than the whole.
      .map(({ name, count }) => ({ name, count: Math.min(count, installations) }))
      // Sorted by the noised numbers, since the order of the true ones would reveal more.
      .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
      // Cut after the noise: which of the true numbers are the largest depends on single reports.
      .slice(0, mostRows),
  }));
  return { firstDay: truth.firstDay, installations, tables, epsilonSpent: epsilonOf(truth.tables, rules) };
}

/** Returns the ε spent. It must not depend on the reports, or it would reveal how many rows were dropped. */
function epsilonOf(tables: readonly TrueTable[], { epsilon }: PublicRules): number {
  const cells = 1 + tables.reduce((sum, { rowsOfOne }) => sum + rowsOfOne, 0);
  return (cells * epsilon.numerator) / epsilon.denominator;
}
