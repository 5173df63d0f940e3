export type { ActiveAnswer, FactsAnswer, ProductsAnswer, VersionsAnswer } from './query.js';
export type { Age, Json, Report } from './report.js';
