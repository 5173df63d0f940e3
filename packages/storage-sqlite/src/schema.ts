import { StorageError } from '@candor/storage';
import type { Database } from './database.js';
import { transaction } from './transaction.js';

/** Marks the file as ours (`PRAGMA application_id`): "Cand" in ASCII. */
const applicationId = 0x43616e64;

const units =
  'reports INTEGER NOT NULL, day_first INTEGER NOT NULL, week_first INTEGER NOT NULL, month_first INTEGER NOT NULL';

function rollUpTable(schema: string, name: string, keys: readonly string[]): string {
  const columns = keys.map((key) => `${key} INTEGER NOT NULL`).join(', ');
  return `CREATE ${schema} TABLE ${name} (${columns}, ${units}, PRIMARY KEY (${keys.join(', ')})) STRICT, WITHOUT ROWID;\n`;
}

/**
 * The tables of counts and their keys: reports, and reports that were the first of their day, week or month. The row of
 * a path and version counts the reports of that version with any fact at that path.
 */
export const rollUps = {
  flags_roll_up: ['product', 'day', 'flags'],
  version_roll_up: ['product', 'day', 'version'],
  fact_roll_up: ['product', 'day', 'fact'],
  path_roll_up: ['product', 'day', 'path', 'version'],
  cross_roll_up: ['question', 'day', 'first', 'second'],
} as const;

const rollUpTables = Object.entries(rollUps).map(([name, keys]) => rollUpTable('', name, keys));

/** The same tables for open days, and the tables that their counts are computed from; they are temporary. */
export const temporaryTables: string = `
  ${Object.entries(rollUps)
    .map(([name, keys]) => rollUpTable('TEMP', name, keys))
    .join('')}
  CREATE TEMP TABLE wanted (id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TEMP TABLE repeated (id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TEMP TABLE fresh (content INTEGER, version INTEGER, flags INTEGER, network INTEGER) STRICT;
  CREATE TEMP TABLE seen (
    product INTEGER, id BLOB, day INTEGER, PRIMARY KEY (product, id, day)
  ) STRICT, WITHOUT ROWID;
  CREATE TEMP TABLE counted (
    product INTEGER, day INTEGER, content INTEGER, version INTEGER, flags INTEGER, reports INTEGER,
    PRIMARY KEY (product, day, content, version, flags)
  ) STRICT, WITHOUT ROWID;
  CREATE TEMP TABLE content_sender (
    product INTEGER, day INTEGER, content INTEGER, network INTEGER,
    PRIMARY KEY (product, day, content, network)
  ) STRICT, WITHOUT ROWID;
  CREATE TEMP TABLE version_sender (
    product INTEGER, day INTEGER, version INTEGER, network INTEGER,
    PRIMARY KEY (product, day, version, network)
  ) STRICT, WITHOUT ROWID;
  CREATE TEMP TABLE counted_content (
    content INTEGER PRIMARY KEY, reports INTEGER, day_first INTEGER, week_first INTEGER, month_first INTEGER
  ) STRICT;
  CREATE TEMP TABLE kept_version (version INTEGER PRIMARY KEY) STRICT;
  CREATE TEMP TABLE kept_fact (fact INTEGER PRIMARY KEY) STRICT;
  CREATE TEMP TABLE first_fact (content INTEGER, fact INTEGER, PRIMARY KEY (content, fact)) STRICT, WITHOUT ROWID;
  CREATE TEMP TABLE second_fact (content INTEGER, fact INTEGER, PRIMARY KEY (content, fact)) STRICT, WITHOUT ROWID;
  CREATE TEMP TABLE matched (content INTEGER, version INTEGER, flags INTEGER, reports INTEGER) STRICT;
`;

/** The migrations from one schema version (`PRAGMA user_version`) to the next; published ones never change. */
const migrations: readonly string[] = [
  `
  CREATE TABLE product (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE path (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

  -- "last_day" is the last one on which something was received that refers to the row.
  CREATE TABLE version (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, last_day INTEGER NOT NULL) STRICT;
  -- What versions count as that do not count by their name. It never expires.
  INSERT INTO version (id, name, last_day) VALUES (0, 'other', 2932896);
  -- "value" is JSON text.
  CREATE TABLE fact (
    id INTEGER PRIMARY KEY, path INTEGER NOT NULL, value TEXT NOT NULL, free INTEGER NOT NULL,
    last_day INTEGER NOT NULL, UNIQUE (path, value, free)
  ) STRICT;
  CREATE TABLE content (
    id INTEGER PRIMARY KEY, product INTEGER NOT NULL, digest BLOB NOT NULL, last_day INTEGER NOT NULL,
    UNIQUE (digest, product)
  ) STRICT;
  CREATE TABLE content_fact (
    content INTEGER NOT NULL, fact INTEGER NOT NULL, PRIMARY KEY (content, fact)
  ) STRICT, WITHOUT ROWID;

  -- Days count from 1970-01-01. The key is the order of arrival, so rows are only ever added at the end of a day;
  -- report ids are random and deliberately not indexed. "id" is the first half of the report's id.
  CREATE TABLE log (
    product INTEGER NOT NULL, day INTEGER NOT NULL, seq INTEGER NOT NULL,
    id BLOB NOT NULL, version INTEGER NOT NULL, hash BLOB, flags INTEGER NOT NULL, network INTEGER,
    content INTEGER NOT NULL, PRIMARY KEY (product, day, seq)
  ) STRICT, WITHOUT ROWID;

  -- "tagged": how many first rows of a closed day may still have the tag of a network.
  -- State: 0 open, 1 rolled up, 2 closed, 3 expired and its rows being deleted, 4 without rows.
  CREATE TABLE day (
    product INTEGER NOT NULL, day INTEGER NOT NULL, state INTEGER NOT NULL, configurations INTEGER,
    tagged INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (product, day)
  ) STRICT, WITHOUT ROWID;
  -- Days on which maintenance has run.
  CREATE TABLE maintained (day INTEGER PRIMARY KEY) STRICT;

  -- In roll-ups, version 0 and a fact below 0 stand for the others: of the path with the number that the fact negates.
  ${rollUpTables.join('')}

  -- The facts at or below a path by version, or by those at or below a second path.
  CREATE TABLE question (
    id INTEGER PRIMARY KEY, product INTEGER NOT NULL, first_path TEXT NOT NULL, second_path TEXT
  ) STRICT;
  -- Days on which a question was kept.
  CREATE TABLE question_day (
    question INTEGER NOT NULL, day INTEGER NOT NULL, PRIMARY KEY (question, day)
  ) STRICT, WITHOUT ROWID;
  `,
];

/** Throws `ERR_STORAGE_SCHEMA` for a database of another program or a newer release. Changes nothing. */
export function checkOwner(database: Database, path: string): void {
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as {
    tables: number;
  };
  if (tables > 0 && pragma(database, 'application_id') !== applicationId) {
    throw new StorageError('ERR_STORAGE_SCHEMA', `The database ${path} belongs to another program.`);
  }
  const version = pragma(database, 'user_version');
  if (version > migrations.length) {
    throw new StorageError(
      'ERR_STORAGE_SCHEMA',
      `The database ${path} has schema version ${version}; this release knows ${migrations.length}. Update it.`,
    );
  }
}

/** Migrates a database of ours to the present schema. */
export function migrate(database: Database): void {
  const version = pragma(database, 'user_version');
  if (version === migrations.length) return;
  transaction(database, () => {
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA application_id = ${applicationId}`);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

function pragma(database: Database, name: string): number {
  const row = database.prepare(`PRAGMA ${name}`).get() as Record<string, number>;
  return row[name] ?? 0;
}
