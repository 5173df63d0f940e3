import { dayNumber } from '@candor/protocol';
import type { CountingRules, Maintenance } from '@candor/storage';
import type { Database } from './database.js';
import { createDayCounts } from './day-counts.js';
import { type NextNumber, readDays, type StoredDay, writeDay } from './days.js';
import { rollUps } from './schema.js';

/**
 * Rolls up the open days before `today` and returns how many there were.
 *
 * Each roll-up is a new generation, computed from the rows by statements that may be repeated; it becomes current once
 * the table `day` names it. If rows were added meanwhile, the roll-up is repeated.
 */
export async function rollUp(
  database: Database,
  rules: CountingRules,
  next: NextNumber,
  maintenance: Maintenance,
): Promise<number> {
  const today = dayNumber(maintenance.today);
  await database.insert('maintained', [{ day: today }]);
  const days = await readDays(database, 'state = 0 AND day < {today:Int32}', { today });
  for (const day of days) while (!(await rollUpDay(database, rules, next, maintenance, day))) continue;
  return days.length;
}

async function rollUpDay(
  database: Database,
  rules: CountingRules,
  next: NextNumber,
  { questions = [] }: Maintenance,
  day: StoredDay,
): Promise<boolean> {
  const generation = next();
  const before = await rowsOf(database, day);
  const counts = createDayCounts(database, rules, { ...day, generation, prefix: '' });
  let configurations: number;
  try {
    await counts.rows();
    await counts.flags();
    await counts.versions();
    await counts.facts();
    await counts.paths();
    const own = questions.filter(({ product }) => product === day.product);
    for (const { paths } of own) {
      await counts.cross({ firstPath: paths[0], secondPath: paths[1] ?? null });
    }
    configurations = await counts.configurations();
    await database.insert(
      'question',
      own.map(({ paths: [first, second = ''] }) => ({
        product: day.product,
        day: day.day,
        generation,
        first_question: first,
        second_question: second,
      })),
    );
  } finally {
    await counts.drop();
  }
  await writeDay(database, { ...day, state: 1, configurations, generation }, generation);
  // A writer reads the state after it added a row, and this reads the rows after it wrote the state: one of the two
  // sees the other.
  if ((await rowsOf(database, day)) !== before) {
    await writeDay(database, { ...day, state: 0 }, next());
    return false;
  }
  await deleteOlder(database, day, generation);
  return true;
}

async function rowsOf(database: Database, { product, day }: StoredDay): Promise<number> {
  const row = await database.get<{ rows: number }>(
    'SELECT count() AS rows FROM log WHERE product = {product:String} AND day = {day:Int32}',
    { product, day },
  );
  return row?.rows ?? 0;
}

/** Deletes roll-ups that are no longer current. */
async function deleteOlder(
  database: Database,
  { product, day }: StoredDay,
  generation: number,
): Promise<void> {
  const own = { product, day, generation };
  for (const table of [...Object.keys(rollUps), 'question']) {
    const where = 'product = {product:String} AND day = {day:Int32} AND generation < {generation:UInt64}';
    const some = await database.get(`SELECT 1 AS found FROM ${table} WHERE ${where} LIMIT 1`, own);
    if (some !== undefined) await database.run(`ALTER TABLE ${table} DELETE WHERE ${where}`, own);
  }
}
