import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { setEnvironmentData } from 'node:worker_threads';
import { vi } from 'vitest';
import { VitestTestRunner } from 'vitest/runners';
import { activeMutant, namespace } from './stryker-names.js';

/**
 * What `runMutants` gives: the file of mutants to try, that of mutants noticed in any process, this one's journal, and the
 * keys of what earlier processes have tried. Slow tests are left out at first and listed in the journal; `slow` lists those
 * that have their turn now, by their id.
 */
const { mutants, noticed, journal, tried, slow } = JSON.parse(process.env.CANDOR_MUTANTS);
const coverageFile = `${journal}-coverage`;
const state = (globalThis[namespace] ??= {});
const done = new Set(tried);
/** The file of each mutant; null for a file that has no functions. */
const fileOf = new Map(JSON.parse(readFileSync(mutants, 'utf8')));
const wanted = new Set(fileOf.keys());
// A test that takes longer is a slow one; in milliseconds. A busy machine makes time longer, but not that of the processor.
const quick = { processor: 300, all: 3000 };
// Rounds of a loop, for one round without the mutant; so loops without an end do end.
const mostHits = 100;

/**
 * Runs each test of a file once as it is, and then with each mutant whose code it passed; and all tests of the file with
 * each mutant whose code runs as the file is loaded. A class, since Vitest takes no other runner.
 */
export default class MutantRunner extends VitestTestRunner {
  #isBroken = false;
  #loading = {};
  #duration = 0;
  #slow = new Set();
  #files = new Set([null]);

  onBeforeRunFiles() {
    process.on('unhandledRejection', () => (this.#isBroken = true));
    process.on('uncaughtException', () => (this.#isBroken = true));
    this.#loading = { ...state.mutantCoverage?.static };
    write({ loaded: true });
  }

  async runTask(test) {
    const runOnce = VitestTestRunner.getTestFn(test);
    const [started, used] = [performance.now(), process.cpuUsage()];
    const passed = await coverageOf(test, runOnce);
    const duration = performance.now() - started;
    const { user, system } = process.cpuUsage(used);
    if (duration > quick.all || user + system > 1000 * quick.processor) this.#slow.add(test.id);
    if (!hasTurn(test, this.#slow)) return;
    this.#duration += duration;
    for (const id of Object.keys(passed)) this.#files.add(fileOf.get(id));
    if (stillWanted(passed).length === 0) return;
    if (!(await succeeds(test, runOnce))) {
      // It works once only, such as one that counts on a file that is new: it is loaded anew for each mutant.
      Object.assign(this.#loading, passed);
      return;
    }
    const attempt = () => succeeds(test, runOnce);
    for (const id of stillWanted(passed)) await this.#try(id, test.id, passed[id], duration, attempt);
  }

  async onAfterRunFiles([file]) {
    const { startTests } = await import(runnerModule);
    const attempt = async () => {
      vi.resetModules();
      const [result] = await startTests([file.filepath], quietRunner(this, this.#slow));
      return result.result?.state !== 'fail';
    };
    // What is loaded of a file from which no test calls anything is left to the tests that do.
    const ids = stillWanted(this.#loading).filter((id) => this.#files.has(fileOf.get(id)));
    if (ids.length > 0 && !(await attempt())) {
      // Tests that fail the second time as they are would seem to notice every mutant.
      write({ untried: ids.length });
      ids.length = 0;
    }
    for (const id of ids) {
      await this.#try(id, 'file', Infinity, this.#duration + 5000, attempt);
    }
    write({ slow: slow === undefined ? [...this.#slow] : [] });
  }

  async #try(id, what, hits, duration, attempt) {
    const key = `${what} ${id}`;
    if (done.has(key)) return;
    write({ try: id, key, limit: 10 * duration + 5000 });
    this.#isBroken = false;
    activate(id, mostHits * hits + 1000);
    const isNoticed = !(await attempt());
    activate(undefined);
    write({ tried: key });
    if (isNoticed || this.#isBroken) appendFileSync(noticed, `${id}\n`);
  }
}

// The module whose state Vitest's own `describe` and `it` use.
const runnerModule = pathToFileURL(
  createRequire(createRequire(import.meta.url).resolve('vitest')).resolve('@vitest/runner'),
).href;

/** Vitest's runner for one more run of a file, which reports nothing and stops at the first failure. */
function quietRunner(runner, slowTests) {
  let hasFailed = false;
  return Object.assign(Object.create(runner), {
    runTask: undefined,
    onBeforeRunFiles: undefined,
    onAfterRunFiles: undefined,
    onCollected: undefined,
    onTaskUpdate: undefined,
    onBeforeRunTask(test) {
      if (hasFailed || !hasTurn(test, slowTests)) test.mode = 'skip';
      return VitestTestRunner.prototype.onBeforeRunTask.call(this, test);
    },
    onAfterRunTask(test) {
      hasFailed ||= test.result?.state === 'fail';
      VitestTestRunner.prototype.onAfterRunTask.call(this, test);
    },
  });
}

function hasTurn({ id }, slowTests) {
  return slow === undefined ? !slowTests.has(id) : slow.includes(id);
}

/** The mutants that no process has noticed yet. */
function stillWanted(passed) {
  for (const id of readFileSync(noticed, 'utf8').split('\n')) wanted.delete(id);
  return Object.keys(passed).filter((id) => wanted.has(id));
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
