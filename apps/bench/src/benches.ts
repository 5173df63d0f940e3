import type { Bench } from './frame/bench.js';
import { comparisonBench } from './frame/compare.js';
import { comparisons } from './comparisons.js';
import { createBench } from './create/create.js';
import { fleetBench } from './fleet/fleet.js';
import { outagesBench } from './fleet/outages.js';
import { intakeBench } from './intake/intake.js';
import { pagesBench } from './pages/pages.js';
import { previewBench } from './preview/preview.js';
import { reporterBench } from './reporter/reporter.js';
import { recallBench } from './scrub/recall.js';
import { sizeBench } from './size/size.js';
import { storageBench } from './storage/storage.js';

/** Every benchmark, in the order of the README. */
export const benches: readonly Bench[] = [
  ...comparisons.map(comparisonBench),
  createBench,
  fleetBench,
  outagesBench,
  intakeBench,
  pagesBench,
  previewBench,
  recallBench,
  reporterBench,
  sizeBench,
  storageBench,
];
