export { conformanceTests, type ConformanceSkip, type SelectedTest } from './conformance-tests.js';
export { createNaiveStorage, type NaiveStorage } from './naive-storage.js';
export {
  parts,
  sampleContent,
  sampleDay,
  sampleFact,
  sampleId,
  sampleQuery,
  sampleRandom,
  sampleRecord,
  totals,
} from './sample.js';
export { withStorage, type ConformanceTest, type StoreUnderTest } from './store-under-test.js';
