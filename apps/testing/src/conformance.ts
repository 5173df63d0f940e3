import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';

const published = {
  rfc8785: 'github.com/cyberphone/json-canonicalization (testdata)',
  'json-parsing': 'github.com/nst/JSONTestSuite (test_parsing)',
  strings: 'github.com/minimaxir/big-list-of-naughty-strings (blns.json)',
  schemas: 'github.com/SchemaStore/schemastore, and the schemas of real programs',
  scrub: 'made with mvdan.cc/xurls v2.5.0, not published',
  traefik: 'made with Traefik 2.11.53 and 3.7.9 from github.com/traefik/traefik, not published',
} as const;

/** A folder of the reference data. */
export type ConformanceFolder = keyof typeof published;

/** Reads files of one folder of the reference data. */
export interface ConformanceData {
  readonly path: string;
  text(file: string): string;
  json(file: string): unknown;
  /** One JSON value per line. */
  jsonl(file: string): unknown[];
}

/**
 * Declares a suite that needs reference data made by other programs.
 *
 * The data is looked for in `CANDOR_CONFORMANCE`, else in `../shared/conformance` beside the repository. If the
 * variable is set, missing data fails the suite; if not, the suite is skipped and the run's last lines name it.
 */
export function describeConformance(
  name: string,
  folder: ConformanceFolder,
  suite: (data: ConformanceData) => void,
): void {
  const root = process.env.CANDOR_CONFORMANCE;
  const path = join(root ?? join(repositoryRoot(), '../shared/conformance'), folder);
  if (existsSync(path)) {
    describe(name, () => suite(readerOf(path)));
  } else if (root !== undefined) {
    throw new Error(`CANDOR_CONFORMANCE is set, but it has no folder "${folder}"`);
  } else {
    const record = process.env.CANDOR_NOT_RUN;
    if (record !== undefined) appendFileSync(record, `${name}: ${folder} data, ${published[folder]}\n`);
    // Not the suite itself: even a skipped suite runs to list its tests, and would read the data.
    describe.skip(name, () => it('needs reference data', () => {}));
  }
}

function repositoryRoot(): string {
  return fileURLToPath(new URL('../../..', import.meta.url));
}

function readerOf(path: string): ConformanceData {
  const text = (file: string): string => readFileSync(join(path, file), 'utf8');
  return {
    path,
    text,
    json: (file) => JSON.parse(text(file)) as unknown,
    jsonl: (file) =>
      text(file)
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as unknown),
  };
}
