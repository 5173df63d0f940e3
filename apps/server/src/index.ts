export { ServerError } from './server-error.js';
export type { ServerErrorCode } from './server-error.js';
export { startServer } from './start-server.js';
export type { Server, ServerOptions } from './start-server.js';
