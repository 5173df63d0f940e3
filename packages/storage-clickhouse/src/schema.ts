import { StorageError } from '@candor/storage';
import { type Database, openDatabase } from './database.js';

// A block that is sent again with the same token is ignored, also by a table that is not replicated.
const durable =
  'SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 1000';
const units = 'reports UInt64, day_first UInt64, week_first UInt64, month_first UInt64';

/**
 * The tables of counts and their keys: reports, and reports that were the first of their day, week or month. Each count
 * belongs to a generation of its day, and the table `day` names the current one. The row of a path and version counts
 * the reports of that version with any fact at that path.
 */
export const rollUps = {
  flags_roll_up: ['flags UInt16'],
  version_roll_up: ['version String'],
  fact_roll_up: ['path String', 'value String', 'free UInt8'],
  path_roll_up: ['path String', 'version String'],
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
function keysOf(table: keyof typeof rollUps): string[] {
  return rollUps[table].map((column) => column.replace(/ .*/, ''));
}

/** The differences between one server and a cluster. */
interface Layout {
  /** The clause after the name of a created table. */
  readonly on: string;
  /** Returns the engine of a table that every server has completely. */
  engine(kind: string): string;
  /** The name and the engine of the table with the rows of the log, or of a shard. */
  readonly log: string;
  readonly logEngine: string;
}

function layoutOf(cluster: string | undefined): Layout {
  if (cluster === undefined) return { on: '', engine: (kind) => kind, log: 'log', logEngine: 'MergeTree' };
  const replicated = (kind: string, path: string, replica: string): string => {
    const [, name = '', column = ''] = /^(\w+)(?:\((\w+)\))?$/.exec(kind) ?? [];
    const more = column === '' ? '' : `, ${column}`;
    return `Replicated${name}('/clickhouse/tables/${path}{database}/{table}', '${replica}'${more})`;
  };
  return {
    on: ` ON CLUSTER ${cluster}`,
    engine: (kind) => replicated(kind, '', '{shard}-{replica}'),
    log: 'log_shard',
    logEngine: replicated('MergeTree', '{shard}/', '{replica}'),
  };
}

/**
 * Returns the migrations from one schema version to the next; each may be repeated, and published ones never change.
 */
export function migrations(cluster: string | undefined): readonly (readonly string[])[] {
  const { on, engine, log, logEngine } = layoutOf(cluster);
  const create = (name: string, columns: string, of: string): string =>
    `CREATE TABLE IF NOT EXISTS ${name}${on} (${columns}) ENGINE = ${of}`;
  /**
   * Returns the statement for a table of generations of open days. Their rows are dropped after use, within an hour at
   * the latest.
   */
  const generation = (name: string, columns: string): string =>
    create(name, columns, engine('MergeTree')) +
    ` PARTITION BY generation ORDER BY generation
      TTL toDateTime(intDiv(generation, 1000000)) + INTERVAL 1 HOUR
      SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 100`;
  return [
    [
      // Days count from 1970-01-01; each is a partition. "id" is the first half of the report's id, "seq" the order of
      // arrival, "network" 0 if there is none or it was erased. ZSTD halves random hexadecimal digits, which LZ4, the codec
      // of the other columns, does not shorten.
      `${create(
        log,
        `product LowCardinality(String), day Int32, seq UInt64 CODEC(Delta, LZ4), id FixedString(32) CODEC(ZSTD),
         version LowCardinality(String), hash String CODEC(ZSTD), flags UInt16, network UInt32,
         content FixedString(64) CODEC(ZSTD),
         paths Array(LowCardinality(String)), texts Array(String), frees Array(UInt8)`,
        logEngine,
      )} PARTITION BY day ORDER BY (product, day, seq) ${durable}`,
      ...(cluster === undefined
        ? []
        : [
            `CREATE TABLE IF NOT EXISTS log${on} AS log_shard
             ENGINE = Distributed(${cluster}, currentDatabase(), log_shard, sipHash64(id))`,
          ]),
      // State: 0 open, 1 rolled up, 2 closed, 3 without rows. The row with the highest "change" is current.
      `${create(
        'day',
        'product String, day Int32, state UInt8, configurations UInt64, generation UInt64, change UInt64',
        engine('ReplacingMergeTree(change)'),
      )} ORDER BY (product, day) ${durable}`,
      // Days on which maintenance has run.
      `${create('maintained', 'day Int32', engine('ReplacingMergeTree'))} ORDER BY day ${durable}`,
      // Written to check that the database can be written.
      `${create('written', 'at UInt64', engine('ReplacingMergeTree'))} ORDER BY tuple() ${durable}`,
      // The facts at or below a path by version (then the second path is empty), or by those below a second path.
      `${create(
        'question',
        'product String, day Int32, generation UInt64, first_question String, second_question String',
        engine('MergeTree'),
      )} ORDER BY (product, day) ${durable}`,
      ...Object.entries(rollUps).flatMap(([name, columns]) => {
        const all = `product String, day Int32, generation UInt64, ${columns.join(', ')}, ${units}`;
        const keys = keysOf(name as keyof typeof rollUps).join(', ');
        return [
          `${create(name, all, engine('MergeTree'))} ORDER BY (product, day, generation, ${keys}) ${durable}`,
          generation(`open_${name}`, all),
        ];
      }),
      // A row is several reports ("copies") with the same content, version and flags. "id" is that of one of them, and
      // "networks" are some of the networks that sent them: all, or as many as a value needs to count by its name.
      generation(
        'counted',
        `generation UInt64, id FixedString(32), version String, flags UInt16, copies UInt64, networks Array(UInt32),
         content FixedString(64), paths Array(String), texts Array(String), frees Array(UInt8)`,
      ),
      generation(
        'matched',
        'generation UInt64, id FixedString(32), version String, flags UInt16, copies UInt64',
      ),
    ],
  ];
}

/** Migrates a database to the present version. Throws `ERR_STORAGE_SCHEMA`. */
export async function migrate(url: string, name: string, cluster?: string): Promise<void> {
  const { on, engine } = layoutOf(cluster);
  const steps = migrations(cluster);
  const server = openDatabase(url, 'default', cluster);
  try {
    await server.run(`CREATE DATABASE IF NOT EXISTS ${name}${on}`);
  } finally {
    await server.close();
  }
  const database = openDatabase(url, name, cluster);
  try {
    const tables = await database.all<{ name: string }>(
      'SELECT name FROM system.tables WHERE database = currentDatabase()',
    );
    const isOurs = tables.some((table) => table.name === 'schema_version');
    if (!isOurs && tables.length > 0) {
      throw new StorageError('ERR_STORAGE_SCHEMA', `The database "${name}" belongs to another program.`);
    }
    await database.run(
      `CREATE TABLE IF NOT EXISTS schema_version${on} (version UInt32) ENGINE = ${engine('MergeTree')}
       ORDER BY version ${durable}`,
    );
    const version = await versionOf(database);
    if (version > steps.length) {
      throw new StorageError(
        'ERR_STORAGE_SCHEMA',
        `The database has schema version ${version}; this release knows ${steps.length}. Update it.`,
      );
    }
    for (const step of steps.slice(version).flat()) await database.run(step);
    if (version < steps.length) await database.insert('schema_version', [{ version: steps.length }]);
  } finally {
    await database.close();
  }
}

async function versionOf(database: Database): Promise<number> {
  const row = await database.get<{ version: number }>('SELECT max(version) AS version FROM schema_version');
  return row?.version ?? 0;
}
