import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** The part of the `node:sqlite` API that this package uses. */
export type Database = Pick<DatabaseSyncInstance, 'exec' | 'prepare' | 'close'>;

type Statement = ReturnType<Database['prepare']>;
type Value = null | number | bigint | string | Uint8Array;

type DatabaseModule = { readonly DatabaseSync: new (path: string, options?: object) => Database };

/** Loads the `node:sqlite` API: the built-in module from Node 22.13 on, else `@photostructure/sqlite`. */
export async function loadDatabaseModule(): Promise<DatabaseModule> {
  // Not `import('node:sqlite')`, which throws if it does not exist.
  const builtIn: unknown = process.getBuiltinModule('node:sqlite');
  return builtIn === undefined ? await import('@photostructure/sqlite') : (builtIn as DatabaseModule);
}

/** The statements of a database, each prepared once. */
export interface Sql {
  readonly database: Database;
  run(sql: string, ...values: Value[]): number;
  get<Row>(sql: string, ...values: Value[]): Row | undefined;
  all<Row>(sql: string, ...values: Value[]): Row[];
}

/** Creates the statements of a database; each text is prepared on first use. */
export function createSql(database: Database): Sql {
  const statements = new Map<string, Statement>();
  const prepared = (text: string): Statement => {
    const known = statements.get(text);
    if (known !== undefined) return known;
    const statement = database.prepare(text);
    statements.set(text, statement);
    return statement;
  };
  return {
    database,
    run: (sql, ...values) => Number(prepared(sql).run(...values).changes),
    get: <Row>(sql: string, ...values: Value[]) => prepared(sql).get(...values) as Row | undefined,
    all: <Row>(sql: string, ...values: Value[]) => prepared(sql).all(...values) as unknown as Row[],
  };
}
