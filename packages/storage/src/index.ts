export { type ProductDayNumbers, type ProductDays, productDays, type Question } from './question.js';
export { isAtOrBelow } from './count-periods.js';
export {
  type CountedDay,
  type CountedKind,
  type CountReader,
  countStored,
  type RollUpKind,
  type Slice,
  type StoredDay,
} from './count-stored.js';
export { type CrossPaths, everyPath, isInCross, sideOfCross } from './crosses.js';
export { gather } from './gather.js';
export { ageOf, changedOf, flagBits, packFlags, reporterFlags } from './flags.js';
export { type KeyCount, sumOf } from './tally.js';
export { type CountingRules, defaultRules, otherName } from './counting-rules.js';
export type { Content, Fact, ReportRecord } from './record.js';
export { StorageError, type StorageErrorCode } from './storage-error.js';
export type { Maintenance, MaintenanceResult, Storage, StorageCapabilities } from './storage.js';
export { compareVersions, isVersionRange, versionRange } from './version-range.js';
