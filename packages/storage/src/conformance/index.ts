export { conformanceTests, type ConformanceSkip, type SelectedTest } from './conformance-tests.js';
export { naiveAnswers } from './naive-answers.js';
export { sampleContent, sampleDay, sampleId, sampleRandom, sampleRecord } from './sample.js';
export { withStorage, type ConformanceTest, type StoreUnderTest } from './store-under-test.js';
