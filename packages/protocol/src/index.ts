export {
  addDays,
  dayFromNumber,
  dayNumber,
  dayLength,
  dayOf,
  firstDayOf,
  isDay,
  isoWeekOf,
  lastDayOf,
  monthOf,
  type Period,
  periodOf,
} from './calendar.js';
export { isCandorError } from './is-candor-error.js';
export { checkDocument, checkKeys, isObject } from './checks.js';
export type { ForeignReport, IntakeFormat } from './intake-format.js';
export { type Issue, kindOf, type Parsed } from './issue.js';
export { defaultLimits, type Limits } from './limits.js';
export { isProductName, parseReport } from './parse-report.js';
export { isVersion, versionOf } from './version.js';
export type { ProductsResponse } from './responses.js';
export { toCsv } from './to-csv.js';
export { reportParts } from './report-parts.js';
export { factsKey, featuresKey, reportDocument } from './report-document.js';
export type { Age, Json, Report } from './report.js';
export {
  type Condition,
  type Count,
  type CountBy,
  type CountPeriod,
  type CountQuery,
  type CountResult,
  type CountUnit,
  type FactValue,
  formatCountQuery,
  parseCountQuery,
} from './count-query.js';
export { installationsOf } from './installations-of.js';
