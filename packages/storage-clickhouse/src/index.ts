export { createClickHouseStorage, type ClickHouseStorageOptions } from './storage.js';
