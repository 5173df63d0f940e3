export { makeCertificate } from './certificate.js';
export type { Certificate } from './certificate.js';
export { startCollector, temporaryDirectory } from './collector.js';
export type { Received, TestCollector } from './collector.js';
export { describeConformance } from './conformance.js';
export type { ConformanceData, ConformanceFolder } from './conformance.js';
export { debianProgram } from './debian-program.js';
export { clickHouseForTests, createClickHouse, createClickHouseOnSmallDisk } from './engines/clickhouse.js';
export type { ClickHouseForTests, ClickHouseOnSmallDisk, OwnClickHouse } from './engines/clickhouse.js';
export {
  createPostgres,
  createPostgresOnSmallDisk,
  postgresForTests,
  statements,
} from './engines/postgres.js';
export type { OwnPostgres, PostgresForTests, PostgresOnSmallDisk } from './engines/postgres.js';
export { freePort } from './free-port.js';
export { packPackages } from './pack-packages.js';
export { canMount, runOnSmallDisk } from './small-disk.js';
export type { OnSmallDisk, SmallDiskOptions } from './small-disk.js';
export { publishedExample } from './published-example.js';
export type { PublishedExample } from './published-example.js';
