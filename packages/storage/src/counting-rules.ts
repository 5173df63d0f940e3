/** Which reports and values count; the same for all who use one store. */
export interface CountingRules {
  /** Days before a day over which an earlier receipt of the same report is looked for. */
  readonly window: number;
  /** How many networks must have sent a free value or an unlisted version on a day for it to count by its name. */
  readonly networks: number;
  /** How many values of a path, and how many versions, count by their name on a day: the most frequent ones. */
  readonly values: number;
}

/** The rules of a store that is told nothing else. */
export const defaultRules: CountingRules = { window: 3, networks: 5, values: 1_000 };

/** What a value or version counts as that does not count by its name. */
export const otherName = 'other';
