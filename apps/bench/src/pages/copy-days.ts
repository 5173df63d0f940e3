import { dayNumber } from '@candor/protocol';
import { DatabaseSync } from '@photostructure/sqlite';

/** What a store has of each rolled-up day, by the column that says whose it is. */
const rollUps = {
  flags_roll_up: 'product',
  version_roll_up: 'product',
  fact_roll_up: 'product',
  path_roll_up: 'product',
  cross_roll_up: 'question',
  question_day: 'question',
} as const;

/**
 * Copies the counts of a rolled-up day to other days of a closed SQLite store, as if these had been the same: appending a month of a million reports a day takes an hour, and the pages read counts alone.
 */
export function copyDay(path: string, from: string, to: readonly string[]): void {
  const database = new DatabaseSync(path);
  const day = dayNumber(from);
  database.exec('BEGIN');
  for (const [table, owner] of Object.entries(rollUps)) {
    const columns = (database.prepare(`PRAGMA table_info(${table})`).all() as { readonly name: string }[])
      .map(({ name }) => name)
      .filter((name) => name !== 'day' && name !== owner);
    const others = columns.map((name) => `, ${name}`).join('');
    const copy = database.prepare(
      `INSERT INTO ${table} (${owner}, day${others}) SELECT ${owner}, ?${others} FROM ${table} WHERE day = ?`,
    );
    for (const other of to) copy.run(dayNumber(other), day);
  }
  const copy = database.prepare(
    'INSERT INTO day (product, day, state, configurations) SELECT product, ?, 2, configurations FROM day WHERE day = ?',
  );
  for (const other of to) copy.run(dayNumber(other), day);
  database.exec('COMMIT');
  database.close();
}
