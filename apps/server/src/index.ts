export { ServerError } from './server-error.js';
export type { ServerErrorCode } from './server-error.js';
export type { Address } from './settings/address.js';
export { readSettings, type Settings } from './settings/read-settings.js';
export { startServer } from './start-server.js';
export type { Server, ServerOptions } from './start-server.js';
