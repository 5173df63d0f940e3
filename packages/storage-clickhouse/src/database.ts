import { createHash, randomUUID } from 'node:crypto';
import {
  type ClickHouseClient,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from '@clickhouse/client';

/** The statements of a database. Parameters are written `{name:Type}`. */
export interface Database {
  /** The table and cluster for `ALTER TABLE` on rows of the log: on a cluster each shard has a table of them. */
  readonly log: string;
  run(sql: string, parameters?: Parameters): Promise<void>;
  /** Runs an `INSERT … SELECT` for a generation; repeating it changes nothing. */
  fill(sql: string, parameters: Parameters & { readonly generation: number }): Promise<void>;
  all<Row>(sql: string, parameters?: Parameters): Promise<Row[]>;
  get<Row>(sql: string, parameters?: Parameters): Promise<Row | undefined>;
  /** Adds rows in one block, which is on disk when this resolves; a repetition by the client is ignored. */
  insert(table: string, rows: readonly object[]): Promise<void>;
  close(): Promise<void>;
}

/** Values of a statement's parameters. */
export type Parameters = Readonly<Record<string, string | number | readonly (string | number)[]>>;

/** Settings on a cluster: writes go to a quorum of the replicas, and reads to replicas that have them. */
const onCluster: ClickHouseSettings = {
  insert_quorum: 'auto',
  insert_quorum_parallel: 0,
  distributed_foreground_insert: 1,
  // All rows of a report are on one shard, so each shard can recognise repeated ones.
  distributed_product_mode: 'local',
  distributed_ddl_output_mode: 'none',
};

/** Connects to a database; the first statement opens a connection. */
export function openDatabase(url: string, database: string, cluster?: string): Database {
  const client: ClickHouseClient = createClient({
    url,
    database,
    application: 'candor',
    request_timeout: 600_000,
    // The log would contain statements and the address.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: {
      // Row and day numbers never exceed 2^53.
      output_format_json_quote_64bit_integers: 0,
      // Mutations are complete when the statement ends.
      mutations_sync: '2',
      alter_sync: '2',
      // The next statement sees the writes of every server.
      select_sequential_consistency: '1',
      ...(cluster !== undefined && onCluster),
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
    log: cluster === undefined ? 'log' : `log_shard ON CLUSTER ${cluster}`,
    all,
    get: async <Row>(sql: string, parameters?: Parameters) => (await all<Row>(sql, parameters))[0],
    run: async (query, parameters = {}) => {
      await client.command({ query, query_params: { ...parameters } });
    },
    fill: async (query, parameters) => {
      const token = createHash('sha256')
        .update(JSON.stringify([query, parameters]))
        .digest('hex');
      await client.command({
        query,
        query_params: { ...parameters },
        clickhouse_settings: { insert_deduplication_token: token },
      });
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
