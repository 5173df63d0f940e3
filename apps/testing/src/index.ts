export { describeConformance } from './conformance.js';
export type { ConformanceData, ConformanceFolder } from './conformance.js';
