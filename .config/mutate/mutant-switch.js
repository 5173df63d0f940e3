import { appendFileSync } from 'node:fs';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { activeMutant, namespace } from './stryker-names.js';

/**
 * What each instrumented file imports first. It carries the active mutant into threads, which may have an environment of
 * their own, and the mutants that a thread or child process passed back to the test that started it.
 */
const active = process.env[activeMutant] ?? getEnvironmentData('candor.mutant');
const coverage = process.env.CANDOR_MUTANT_COVERAGE ?? getEnvironmentData('candor.mutantCoverage');

if (active !== undefined) {
  (globalThis[namespace] ??= {}).activeMutant = active;
  setEnvironmentData('candor.mutant', active);
}
if (coverage !== undefined) {
  process.on('exit', () => {
    const passed = globalThis[namespace]?.mutantCoverage?.static ?? {};
    appendFileSync(coverage, `${Object.keys(passed).join('\n')}\n`);
  });
}
