import { readFileSync } from 'node:fs';
import type { ConformanceData } from '@candor/testing';
import type { Json, JsonSchema } from '@candor/schema';
import { traefikV2, traefikV2AsShipped, traefikV3, traefikV3AsShipped } from '../../src/index.js';
import type { LoadingCase } from './loading.js';

/** A version of the program: where its reference data lies, and both of its schemas. */
export interface Version {
  readonly name: 'v2' | 'v3';
  readonly folder: string;
  readonly asShipped: JsonSchema;
  readonly corrected: JsonSchema;
}

export const versions: readonly Version[] = [
  { name: 'v2', folder: 'v2.11', asShipped: traefikV2AsShipped, corrected: traefikV2 },
  { name: 'v3', folder: 'v3.7', asShipped: traefikV3AsShipped, corrected: traefikV3 },
];

/** What the program made of a configuration that its loader took. */
export interface AcceptedCase extends LoadingCase {
  readonly accepted: true;
  readonly loaded: Json;
  readonly anonymized: Json;
  /** The same once the program has completed the configuration; not in our own data. */
  readonly started?: { readonly configuration: Json; readonly anonymized: Json };
}

export type CaseKind = 'published' | 'generated' | 'edge';

/** The cases of the reference data that the program's loader took. */
export function referenceCases(data: ConformanceData, version: Version, kind: CaseKind): AcceptedCase[] {
  return accepted(data.jsonl(`${version.folder}/${kind}.jsonl`));
}

/** The cases kept beside the tests that the program's loader took. */
export function ownCases(version: Version, kind: Exclude<CaseKind, 'published'>): AcceptedCase[] {
  const text = readFileSync(new URL(`../data/${version.name}-${kind}.jsonl`, import.meta.url), 'utf8');
  return accepted(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  );
}

function accepted(cases: readonly unknown[]): AcceptedCase[] {
  return (cases as LoadingCase[]).filter((one): one is AcceptedCase => one.accepted);
}
