export { startCollector, temporaryDirectory } from './collector.js';
export type { Received, TestCollector } from './collector.js';
export { describeConformance } from './conformance.js';
export type { ConformanceData, ConformanceFolder } from './conformance.js';
export { packPackages } from './pack-packages.js';
export { publishedExample } from './published-example.js';
export type { PublishedExample } from './published-example.js';
