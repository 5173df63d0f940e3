import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with the plain counts, and names the suites whose reference data is not here. */
export default class ClosingLines implements Reporter {
  readonly #folder = mkdtempSync(join(tmpdir(), 'candor-run-'));
  readonly #record = join(this.#folder, 'not-run');

  onInit(): void {
    process.env.CANDOR_NOT_RUN = this.#record;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      if (module.state() === 'failed' && module.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) count[test.result().state] += 1;
    }
    const lines = [`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`];
    if (existsSync(this.#record)) {
      const suites = readFileSync(this.#record, 'utf8').trim().split('\n').toSorted();
      lines.push('Not run, because what they need is not here (reference data: CANDOR_CONFORMANCE):');
      lines.push(...suites.map((suite) => `  ${suite}`));
    }
    rmSync(this.#folder, { recursive: true });
    process.on('exit', () => process.stdout.write(`\n${lines.join('\n')}\n`));
  }
}
