import type { CountingRules } from '@candor/storage';
import type { Database } from './database.js';
import { daysSince, type NextNumber, readDays, writeDay } from './days.js';

/** Closes the rolled-up days that accept no more reports: the network tags are erased from their rows. */
export async function closeDays(
  database: Database,
  { window }: CountingRules,
  next: NextNumber,
): Promise<void> {
  for (const day of await readDays(database, 'state = 1')) {
    if ((await daysSince(database, day.day)) <= window) continue;
    await writeDay(database, { ...day, state: 2 }, next());
  }
  // Includes what a crash left unfinished.
  const tagged = await database.all<{ day: number }>(
    `SELECT DISTINCT day FROM log WHERE network > 0
       AND (product, day) IN (SELECT product, day FROM day FINAL WHERE state >= 2)`,
  );
  for (const { day } of tagged) {
    await database.run(
      `ALTER TABLE ${database.log} UPDATE network = 0 IN PARTITION ${day}
       WHERE network > 0 AND (product, day) IN (SELECT product, day FROM day FINAL WHERE state >= 2)`,
    );
  }
}
