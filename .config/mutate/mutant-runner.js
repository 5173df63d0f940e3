import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { setEnvironmentData } from 'node:worker_threads';
import { VitestTestRunner } from 'vitest/runners';
import { activeMutant, namespace } from './stryker-names.js';

/**
 * What `runMutants` gives: the file of mutants to try, that of mutants noticed in any process, and this one's journal.
 * Slow tests are left out at first and listed in the journal; `slow` lists those that have their turn now, by their id.
 */
const { mutants, noticed, journal, slow } = JSON.parse(process.env.CANDOR_MUTANTS);
const coverageFile = `${journal}-coverage`;
const state = (globalThis[namespace] ??= {});
// A test that takes longer is a slow one; in milliseconds.
const quick = 300;
// Rounds of a loop, for one round without the mutant; so loops without an end do end.
const mostHits = 100;

/**
 * Runs each test once as it is, and then with each mutant whose code it passed. A class, since Vitest takes no other
 * runner.
 */
export default class MutantRunner extends VitestTestRunner {
  #wanted = new Set(readFileSync(mutants, 'utf8').split('\n'));
  #failed = false;

  onBeforeRunFiles() {
    process.on('unhandledRejection', () => (this.#failed = true));
    process.on('uncaughtException', () => (this.#failed = true));
    write({ apart: Object.keys(state.mutantCoverage?.static ?? {}) });
  }

  async runTask(test) {
    const runOnce = VitestTestRunner.getTestFn(test);
    const started = performance.now();
    const passed = await coverageOf(test, runOnce);
    const duration = performance.now() - started;
    const wanted = this.#stillWanted(passed);
    const isLeft = slow === undefined && duration > quick && wanted.length > 0;
    write({ duration, ...(isLeft && { slow: test.id }) });
    if (isLeft || wanted.length === 0 || slow?.includes(test.id) === false) return;
    if (!(await succeeds(test, runOnce))) {
      // It works once only, such as one that counts on a file that is new.
      write({ apart: Object.keys(passed) });
      return;
    }
    for (const id of this.#stillWanted(passed)) {
      write({ try: id, until: Date.now() + 10 * duration + 5000 });
      this.#failed = false;
      activate(id, mostHits * passed[id] + 1000);
      const isNoticed = !(await succeeds(test, runOnce));
      activate(undefined);
      if (isNoticed || this.#failed) appendFileSync(noticed, `${id}\n`);
    }
    write({ done: test.name });
  }

  /** The mutants that no process has noticed yet. */
  #stillWanted(passed) {
    for (const id of readFileSync(noticed, 'utf8').split('\n')) this.#wanted.delete(id);
    return Object.keys(passed).filter((id) => this.#wanted.has(id));
  }
}

function write(entry) {
  appendFileSync(journal, `${JSON.stringify(entry)}\n`);
}

function activate(id, hitLimit) {
  state.activeMutant = id;
  state.hitCount = id === undefined ? undefined : 0;
  state.hitLimit = hitLimit;
  setEnvironmentData('candor.mutant', id);
  if (id === undefined) delete process.env[activeMutant];
  else process.env[activeMutant] = id;
}

/** Runs a test as it is, and returns how often it passed each mutant; threads and child processes count once. */
async function coverageOf(test, runOnce) {
  state.currentTestId = test.id;
  setEnvironmentData('candor.mutantCoverage', coverageFile);
  process.env.CANDOR_MUTANT_COVERAGE = coverageFile;
  try {
    await runOnce();
    await finish(test);
  } catch (error) {
    write({ failed: test.name });
    throw error;
  } finally {
    state.currentTestId = undefined;
    setEnvironmentData('candor.mutantCoverage', undefined);
    delete process.env.CANDOR_MUTANT_COVERAGE;
  }
  const passed = { ...state.mutantCoverage?.perTest[test.id] };
  if (existsSync(coverageFile)) {
    for (const id of readFileSync(coverageFile, 'utf8').split('\n')) passed[id] ??= 1;
    rmSync(coverageFile);
  }
  return passed;
}

async function succeeds(test, runOnce) {
  try {
    await runOnce();
    await finish(test);
    return true;
  } catch {
    await finish(test).catch(() => {});
    return false;
  }
}

/** Runs what a test registered with `onTestFinished`. */
async function finish(test) {
  const hooks = test.onFinished ?? [];
  test.onFinished = undefined;
  test.onFailed = undefined;
  for (const hook of hooks.toReversed()) await hook(test.context);
}
