import { StorageError } from '@candor/storage';
import { type Database, openDatabase } from './database.js';

const durable = 'SETTINGS fsync_after_insert = 1, fsync_part_directory = 1';
const units = 'reports UInt64, day_first UInt64, week_first UInt64, month_first UInt64';

/**
 * The tables of counts and their keys: reports, and those that were the first of their day, week or month. Each count
 * belongs to a generation of its day, and the table `day` says which one holds.
 */
export const rollUps = {
  flags_roll_up: ['flags UInt16'],
  version_roll_up: ['version String'],
  fact_roll_up: ['path String', 'value String', 'free UInt8'],
  cross_roll_up: [
    'first_question String',
    'second_question String',
    'first_path String',
    'first_value String',
    'second_path String',
    'second_value String',
  ],
} as const;

/** Returns the names of a roll-up's keys. */
export function keysOf(table: keyof typeof rollUps): string[] {
  return rollUps[table].map((column) => column.replace(/ .*/, ''));
}

/** What a generation is made from. It is dropped when it was read or copied, and in an hour at the latest. */
function generationTable(name: string, columns: string): string {
  return `CREATE TABLE IF NOT EXISTS ${name} (generation UInt64, ${columns})
    ENGINE = MergeTree PARTITION BY generation ORDER BY generation
    TTL toDateTime(intDiv(generation, 1000000)) + INTERVAL 1 HOUR SETTINGS ttl_only_drop_parts = 1`;
}

/** Steps from one schema version to the next; each may be repeated, and published ones never change. */
const migrations: readonly (readonly string[])[] = [
  [
    // Days count from 1970-01-01; each is a partition. "id" is the first half of the report's id, "seq" the order of
    // arrival, "network" 0 where there is none or it was erased.
    `CREATE TABLE IF NOT EXISTS log (
       product LowCardinality(String), day Int32, seq UInt64, id FixedString(32), version LowCardinality(String),
       hash String, flags UInt16, network UInt32, content FixedString(64),
       paths Array(LowCardinality(String)), texts Array(String), frees Array(UInt8)
     ) ENGINE = MergeTree PARTITION BY day ORDER BY (product, day, seq) ${durable}`,
    // State: 0 open, 1 rolled up, 2 closed, 3 without rows. The row with the highest "change" holds.
    `CREATE TABLE IF NOT EXISTS day (
       product String, day Int32, state UInt8, configurations UInt64, generation UInt64, change UInt64
     ) ENGINE = ReplacingMergeTree(change) ORDER BY (product, day) ${durable}`,
    // Days on which maintenance has run.
    `CREATE TABLE IF NOT EXISTS maintained (day Int32) ENGINE = ReplacingMergeTree ORDER BY day ${durable}`,
    // Written to find out whether the database can be written.
    `CREATE TABLE IF NOT EXISTS written (at UInt64) ENGINE = ReplacingMergeTree ORDER BY tuple() ${durable}`,
    // The facts at or below a path by version (then the second path is empty), or by those below a second path.
    `CREATE TABLE IF NOT EXISTS question (
       product String, day Int32, generation UInt64, first_question String, second_question String
     ) ENGINE = MergeTree ORDER BY (product, day) ${durable}`,
    ...Object.entries(rollUps).map(
      ([name, columns]) => `CREATE TABLE IF NOT EXISTS ${name} (
         product String, day Int32, generation UInt64, ${columns.join(', ')}, ${units}
       ) ENGINE = MergeTree ORDER BY (product, day, generation, ${columns.map((column) => column.replace(/ .*/, '')).join(', ')})
       ${durable}`,
    ),
    ...Object.entries(rollUps).map(([name, columns]) =>
      generationTable(`open_${name}`, `product String, day Int32, ${columns.join(', ')}, ${units}`),
    ),
    generationTable(
      'counted',
      `id FixedString(32), version String, flags UInt16, network UInt32, content FixedString(64),
       paths Array(String), texts Array(String), frees Array(UInt8)`,
    ),
    generationTable('matched', 'id FixedString(32), version String, flags UInt16'),
  ],
];

/** Brings a database to the present version. Throws `ERR_STORAGE_SCHEMA`. */
export async function migrate(url: string, name: string): Promise<void> {
  const server = openDatabase(url, 'default');
  try {
    await server.run(`CREATE DATABASE IF NOT EXISTS ${name}`);
  } finally {
    await server.close();
  }
  const database = openDatabase(url, name);
  try {
    const tables = await database.all<{ name: string }>(
      'SELECT name FROM system.tables WHERE database = currentDatabase()',
    );
    const isOurs = tables.some((table) => table.name === 'schema_version');
    if (!isOurs && tables.length > 0) {
      throw new StorageError('ERR_STORAGE_SCHEMA', `The database "${name}" belongs to another program.`);
    }
    await database.run(
      `CREATE TABLE IF NOT EXISTS schema_version (version UInt32) ENGINE = MergeTree ORDER BY version ${durable}`,
    );
    const version = await versionOf(database);
    if (version > migrations.length) {
      throw new StorageError(
        'ERR_STORAGE_SCHEMA',
        `The database has schema version ${version}; this release knows ${migrations.length}. Update it.`,
      );
    }
    for (const step of migrations.slice(version).flat()) await database.run(step);
    if (version < migrations.length)
      await database.insert('schema_version', [{ version: migrations.length }]);
  } finally {
    await database.close();
  }
}

async function versionOf(database: Database): Promise<number> {
  const row = await database.get<{ version: number }>('SELECT max(version) AS version FROM schema_version');
  return row?.version ?? 0;
}
