export { isCandorError } from './is-candor-error.js';
export { type Issue, type Parsed } from './issue.js';
export { defaultLimits, type Limits } from './limits.js';
export { parseModelReport, toModelReport, type ModelReport, type ModelSpelling } from './model-report.js';
export { isProductName, isReleaseVersion, parseReport } from './parse-report.js';
export type { ActiveResponse, FactsResponse, ProductsResponse, VersionsResponse } from './responses.js';
export { factsKey, featuresKey, reportDocument } from './report-document.js';
export type { Age, Json, Report } from './report.js';
