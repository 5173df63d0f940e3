export type { ActiveDay, DayRange, FactCounts, FactRange, ProductDays, VersionCount } from './answers.js';
export type { Content, Fact, FactValue, ReportRecord } from './record.js';
export { StorageError, type StorageErrorCode } from './storage-error.js';
export { defaultWindow, type Storage, type StorageCapabilities } from './storage.js';
