export { CollectorError, type CollectorErrorCode } from './collector-error.js';
export { createCollector, internalCall } from './create-collector.js';
export type { QueueOptions, QueueStats } from './intake/queue.js';
export { receivedHeader } from './intake/received-day.js';
export type { TrustProxy } from './networks/client-address.js';
export {
  type Contribution,
  createNetworkLedger,
  defaultNetworkLimits,
  type NetworkLedger,
  type NetworkLimits,
} from './networks/network-ledger.js';
export type { Collector, CollectorOptions, CollectorStats, ProductRegistration } from './options.js';
export { Problem, problemResponse, problems, type ProblemType } from './problem.js';
export type { Refusal, RefusalSubject } from './refusals.js';
export { refuseOtherMethods } from './refuse-other-methods.js';
export { refuseBadHosts } from './request-url.js';
