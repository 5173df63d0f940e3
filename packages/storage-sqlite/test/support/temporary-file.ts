import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** Returns paths of files that do not exist yet, in a folder that goes with the suite. */
export function temporaryFiles(): () => string {
  const folder = mkdtempSync(join(tmpdir(), 'candor-sqlite-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let count = 0;
  return () => join(folder, `${(count += 1)}.db`);
}

/** Returns a folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'candor-sqlite-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
