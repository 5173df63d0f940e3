export { createSqliteStorage, type SqliteStorageOptions } from './storage.js';
