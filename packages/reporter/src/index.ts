export { createReporter } from './reporter.js';
export { notice } from './consent/notice.js';
export type { NoticeOptions } from './consent/notice.js';
export { ReporterError } from './errors.js';
export type { ReporterErrorCode } from './errors.js';
export type {
  AuditEntry,
  Clock,
  ConsentWays,
  ContentContext,
  DecidedBy,
  DisabledReason,
  Mode,
  Outcome,
  Outgoing,
  Reporter,
  ReporterEvent,
  ReporterOptions,
  ReportContent,
  ReportedField,
  ReportedFields,
  Schedule,
  Status,
  Store,
  Timeouts,
  Timers,
  Transport,
  WarningCode,
} from './types.js';
