import { randomUUID } from 'node:crypto';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';

/** Statements of a database. Parameters are written `{name:Type}`. */
export interface Database {
  run(sql: string, parameters?: Parameters): Promise<void>;
  all<Row>(sql: string, parameters?: Parameters): Promise<Row[]>;
  get<Row>(sql: string, parameters?: Parameters): Promise<Row | undefined>;
  /** Adds rows in one block, which is on disk when this resolves; a repeat by the client is recognised. */
  insert(table: string, rows: readonly object[]): Promise<void>;
  close(): Promise<void>;
}

/** Values of a statement's parameters. */
export type Parameters = Readonly<Record<string, string | number | readonly (string | number)[]>>;

/** Connects to a database; the first statement opens a connection. */
export function openDatabase(url: string, database: string): Database {
  const client: ClickHouseClient = createClient({
    url,
    database,
    application: 'candor',
    request_timeout: 600_000,
    // It would print statements and the address.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: {
      // Numbers of rows and of days: none is beyond 2^53.
      output_format_json_quote_64bit_integers: 0,
      // A statement that changes rows has changed them when it ends.
      mutations_sync: '2',
      alter_sync: '2',
      // What was written by whichever server is seen by the next statement.
      select_sequential_consistency: '1',
    },
  });
  const all = async <Row>(query: string, parameters: Parameters = {}): Promise<Row[]> => {
    const result = await client.query({
      query,
      format: 'JSONEachRow',
      query_params: { ...parameters },
    });
    return (await result.json()) as Row[];
  };
  return {
    all,
    get: async <Row>(sql: string, parameters?: Parameters) => (await all<Row>(sql, parameters))[0],
    run: async (query, parameters = {}) => {
      await client.command({ query, query_params: { ...parameters } });
    },
    insert: async (table, rows) => {
      if (rows.length === 0) return;
      await client.insert({
        table,
        values: [...rows],
        format: 'JSONEachRow',
        clickhouse_settings: { async_insert: 0, insert_deduplication_token: randomUUID() },
      });
    },
    close: () => client.close(),
  };
}
