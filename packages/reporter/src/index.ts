export { createReporter } from './create-reporter.js';
export { notice } from './consent/notice.js';
export type { NoticeOptions } from './consent/notice.js';
export { ReporterError } from './errors.js';
export type { ReporterErrorCode } from './errors.js';
export type {
  AuditEntry,
  Clock,
  ConsentSettings,
  ContentContext,
  DecidedBy,
  DisabledReason,
  Mode,
  TransportResult,
  TransportRequest,
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
