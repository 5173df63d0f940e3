import pg from 'pg';

/**
 * The statements of a connection or a pool. Parameters are `$1`, `$2`, …; without parameters a text may contain several
 * statements.
 */
export interface Sql {
  /** Resolves to the number of changed rows. */
  run(sql: string, ...values: readonly Value[]): Promise<number>;
  get<Row>(sql: string, ...values: readonly Value[]): Promise<Row | undefined>;
  all<Row>(sql: string, ...values: readonly Value[]): Promise<Row[]>;
}

/** A value of a statement. */
export type Value = null | boolean | number | string | readonly (null | boolean | number | string)[];

/** A pool of connections. The next statement replaces a broken connection. */
export interface Database extends Sql {
  /** Runs `work` on one connection, in a transaction that is durable when this resolves. */
  transaction<Result>(work: (sql: Sql) => Promise<Result>, begin?: string): Promise<Result>;
  /** Runs `work` on one connection. */
  session<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** `int8`, https://www.postgresql.org/docs/current/catalog-pg-type.html. */
const bigintType = 20;

/** Creates a pool; `connections` is its size. The first statement connects. */
export function openDatabase(url: string, schema: string, connections: number): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    application_name: 'candor',
    // Commits are on disk before they are acknowledged, whatever the server's own setting is.
    options: `-c search_path=${schema} -c synchronous_commit=on`,
    types: {
      // Row and day numbers never exceed 2^53.
      getTypeParser: ((type: number, format?: 'text') =>
        type === bigintType ? Number : pg.types.getTypeParser(type, format)) as typeof pg.types.getTypeParser,
    },
  });
  // A broken connection fails the statement that uses it, so its error needs no further handling.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  const session: Database['session'] = async (work) => {
    const client = await pool.connect();
    try {
      const result = await work(createSql(client));
      client.release();
      return result;
    } catch (error) {
      // Closes the connection, since it may still have a transaction or a lock.
      client.release(true);
      throw error;
    }
  };
  return {
    ...createSql(pool),
    session,
    transaction: (work, begin = 'BEGIN') =>
      session(async (sql) => {
        await sql.run(begin);
        const result = await work(sql);
        await sql.run('COMMIT');
        return result;
      }),
    close: () => pool.end(),
  };
}

function createSql(connection: pg.Pool | pg.PoolClient): Sql {
  const query = (text: string, values: readonly Value[]): Promise<pg.QueryResult> =>
    values.length === 0 ? connection.query(text) : connection.query(text, [...values]);
  return {
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
    get: async <Row>(sql: string, ...values: readonly Value[]) =>
      (await query(sql, values)).rows[0] as Row | undefined,
    all: async <Row>(sql: string, ...values: readonly Value[]) => (await query(sql, values)).rows as Row[],
  };
}
