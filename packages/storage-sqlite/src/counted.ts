/**
 * The rows of `log` that count on one day, as a common table expression `counted (version, flags, content)`:
 * of each report id the first row, unless an earlier day within the window has it.
 *
 * Named parameters: `product`, `day`, `early` (the first day of the window).
 */
export const counted = `counted AS (
  -- With min() the other columns come from the row that holds the minimum: https://sqlite.org/quirks.html
  SELECT min(seq), version, flags, content FROM log
  WHERE product = :product AND day = :day AND id NOT IN (
    SELECT id FROM log WHERE product = :product AND day >= :early AND day < :day
  )
  GROUP BY id
)`;

/** Reports of a day by their flags. */
export const flagCounts = `SELECT flags, count(*) AS count FROM counted GROUP BY flags`;

/** Reports of a day by version. */
export const versionCounts = `SELECT version, count(*) AS count FROM counted GROUP BY version`;

/** Reports of a day by fact. */
export const factCounts = `SELECT fact, sum(reports) AS count
  FROM (SELECT content, count(*) AS reports FROM counted GROUP BY content)
  JOIN content_fact USING (content)
  GROUP BY fact`;
