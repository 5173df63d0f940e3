export { ConfigError, formatIssue } from './config-error.js';
export type { ConfigErrorCode, ConfigIssue } from './config-error.js';
export { load } from './load.js';
export type { Loaded, LoadedSource, LoadOptions } from './load.js';
export { formatDuration, parseDuration } from './duration.js';
export type { Format } from './read/text.js';
export { nearest } from './nearest.js';
export { render } from './render/render.js';
export type { RenderRemark } from './render/remarks.js';
