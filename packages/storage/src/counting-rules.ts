/** Which reports and values count; all users of one store need the same rules. */
export interface CountingRules {
  /** How many days before a day are searched for an earlier receipt of the same report. */
  readonly window: number;
  /** How many networks must have sent a free value or an unlisted version on a day for it to count by its name. */
  readonly networks: number;
  /** How many values of a path, and versions, count by their name on a day: the most frequent ones. */
  readonly values: number;
}

/** The default rules. */
export const defaultRules: CountingRules = { window: 3, networks: 5, values: 1_000 };

/** The name for all values or versions that do not count by their own name. */
export const otherName = 'other';
