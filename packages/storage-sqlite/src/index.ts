export { backUpSqlite } from './back-up.js';
export { createSqliteStorage, type SqliteStorageOptions } from './storage.js';
