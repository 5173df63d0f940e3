import { StorageError } from '@candor/storage';
import type { Database } from './database.js';
import { transaction } from './transaction.js';

/** Marks the file as ours (`PRAGMA application_id`): "Cand" in ASCII. */
const applicationId = 0x43616e64;

/** Steps from one schema version (`PRAGMA user_version`) to the next; published ones never change. */
const migrations: readonly string[] = [
  `
  CREATE TABLE product (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE version (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

  CREATE TABLE content (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, text TEXT NOT NULL) STRICT;
  -- "value" is JSON text.
  CREATE TABLE fact (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (path, value)
  ) STRICT;
  CREATE TABLE content_fact (
    content INTEGER NOT NULL, fact INTEGER NOT NULL, PRIMARY KEY (content, fact)
  ) STRICT, WITHOUT ROWID;

  -- Days count from 1970-01-01. The key is the order of arrival, so rows are only ever added at the end of a day;
  -- report ids are random and deliberately not indexed.
  CREATE TABLE log (
    product INTEGER NOT NULL, day INTEGER NOT NULL, seq INTEGER NOT NULL,
    id BLOB NOT NULL, version INTEGER NOT NULL, hash BLOB, flags INTEGER NOT NULL, content INTEGER NOT NULL,
    PRIMARY KEY (product, day, seq)
  ) STRICT, WITHOUT ROWID;

  -- State: 0 open, 1 rolled up, 2 rolled up and its rows expired.
  CREATE TABLE day (
    product INTEGER NOT NULL, day INTEGER NOT NULL, state INTEGER NOT NULL, PRIMARY KEY (product, day)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE flags_roll_up (
    product INTEGER NOT NULL, day INTEGER NOT NULL, flags INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (product, day, flags)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE version_roll_up (
    product INTEGER NOT NULL, day INTEGER NOT NULL, version INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (product, day, version)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE fact_roll_up (
    product INTEGER NOT NULL, day INTEGER NOT NULL, fact INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (product, day, fact)
  ) STRICT, WITHOUT ROWID;
  `,
];

/** Throws `ERR_STORAGE_SCHEMA` for a database that is not ours, or of a newer release. Changes nothing. */
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

/** Brings a database of ours to the present schema. */
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
