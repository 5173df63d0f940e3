export { CollectorError, type CollectorErrorCode } from './collector-error.js';
export { createCollector } from './create-collector.js';
export { receivedHeader } from './intake/received-day.js';
export type {
  Collector,
  CollectorOptions,
  CollectorStats,
  ProductRegistration,
  QueueOptions,
  RateLimit,
} from './options.js';
export { problems, type ProblemType } from './problem.js';
