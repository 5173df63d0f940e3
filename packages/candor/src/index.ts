export { createUsageReporting } from './create-usage-reporting.js';
export { CandorError } from './candor-error.js';
export type { CandorErrorCode } from './candor-error.js';
export type { Environment } from './env.js';
export type {
  CommandResult,
  UsageEvent,
  UsageReporting,
  UsageReportingOptions,
  UsageWarning,
} from './usage-reporting.js';
