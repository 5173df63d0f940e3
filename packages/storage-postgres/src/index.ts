export { createPostgresStorage, type PostgresStorageOptions } from './storage.js';
