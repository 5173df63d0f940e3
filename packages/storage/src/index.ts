export type { ProductDays, Question } from './question.js';
export {
  compareText,
  type DaySpan,
  daysAsked,
  groupByPeriod,
  isAtOrBelow,
  sortCounts,
} from './count-periods.js';
export { type CrossPaths, everyPath, isInCross, isInRollUps, isPresence, sideOfCross } from './crosses.js';
export { ageOf, changedOf, flagBits, packFlags, reporterFlags } from './flags.js';
export { addTo, type KeyCount, sumOf, type Tally } from './tally.js';
export { type CountingRules, defaultRules, otherName } from './counting-rules.js';
export type { Content, Fact, ReportRecord } from './record.js';
export { StorageError, type StorageErrorCode } from './storage-error.js';
export type { Maintenance, MaintenanceResult, Storage, StorageCapabilities } from './storage.js';
export { compareVersions, isVersionRange, versionRange } from './version-range.js';
