import { createHash } from 'node:crypto';
import { isReleaseVersion, type Json, type ModelReport, type Report, reportDocument } from '@candor/protocol';
import { canonicalize } from '@candor/hasher';
import type { Content, ReportRecord } from '@candor/storage';
import type { Guard } from './products.js';

/** What of a report is stored, and how many values its field list did not allow. */
export interface Accepted {
  readonly record: ReportRecord;
  readonly removed: number;
}

/** Keeps of a report what its field list allows. */
export function toRecord(report: Report, guard: Guard, day: string): Accepted {
  const { product, id, version, hash, changed, first, age } = report;
  const { content, removed } = toContent(reportDocument(report), guard);
  return { record: { product, day, id, version, hash, changed, first, age, content }, removed };
}

/**
 * Keeps of a report in the model's own format what the field list of its version allows.
 *
 * Its hash is not kept: it lasts as long as the configuration does and would link days. It sets no flags; a build
 * reports once a day, so each report counts as the first of its day, and no week or month is claimed. Code name and
 * build date follow from the version. A version that is no release is stored as `dev` or `other`.
 */
export function toModelRecord(
  report: ModelReport,
  guard: Guard,
  envelope: Pick<ReportRecord, 'product' | 'day' | 'id'>,
): Accepted {
  const { content, removed } = toContent(report.configuration, guard);
  return {
    record: {
      ...envelope,
      version: releaseOf(report.version),
      hash: null,
      changed: null,
      first: { day: true, week: false, month: false },
      age: null,
      content,
    },
    removed,
  };
}

function toContent(
  document: { readonly [key: string]: Json },
  guard: Guard,
): { content: Content; removed: number } {
  const { value, removed } = guard.verify(document);
  // What a value means depends on its field list, so equal contents are equal in both.
  const text = canonicalize({ fields: guard.digest, document: value });
  const digest = createHash('sha256').update(text).digest('hex');
  return { content: { digest, text, facts: guard.flatten(value) }, removed: removed.length };
}

function releaseOf(version: string): string {
  const release = version.replace(/^v/, '').replace(/\+.*$/, '');
  if (isReleaseVersion(release)) return release;
  return release === 'dev' ? 'dev' : 'other';
}
