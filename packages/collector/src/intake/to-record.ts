import { createHash } from 'node:crypto';
import { isReleaseVersion, type Json, type ModelReport, type Report, reportDocument } from '@candor/protocol';
import { canonicalize } from '@candor/hasher';
import type { Content, ReportRecord } from '@candor/storage';
import type { Guard, ModelGuard } from './products.js';

/** What of a report is stored, and how many values its field list did not allow. */
export interface Accepted {
  readonly record: ReportRecord;
  readonly removed: number;
}

/** Keeps of a report what its field list allows. */
export function toRecord(report: Report, guard: Guard, day: string): Accepted {
  const { product, id, version, hash, changed, first, age } = report;
  const { value, removed } = guard.verify(reportDocument(report));
  const content = toContent(value, guard);
  return {
    record: { product, day, id, version, hash, changed, first, age, content },
    removed: removed.length,
  };
}

/**
 * Keeps of a report in the model's own format what the schema of its version exports. It was anonymized by other
 * tags, which let secrets pass, so it is anonymized once more; against our field list even its numbers would be foreign.
 *
 * Its hash is not kept: it lasts as long as the configuration does and would link days. It sets no flags; a build
 * reports once a day, so each report counts as the first of its day, and no week or month is claimed. Code name and
 * build date follow from the version. A version that is no release is stored as `dev` or `other`.
 */
export function toModelRecord(
  report: ModelReport,
  guard: ModelGuard,
  envelope: Pick<ReportRecord, 'product' | 'day' | 'id'>,
): Accepted {
  return {
    record: {
      ...envelope,
      version: releaseOf(report.version),
      hash: null,
      changed: null,
      first: { day: true, week: false, month: false },
      age: null,
      content: toContent(guard.anonymize(report.configuration), guard),
    },
    removed: 0,
  };
}

function toContent(document: Json, { digest: fields, flatten }: Guard | ModelGuard): Content {
  // What a value means depends on its field list, so equal contents are equal in both.
  const text = canonicalize({ fields, document });
  return { digest: createHash('sha256').update(text).digest('hex'), text, facts: flatten(document) };
}

function releaseOf(version: string): string {
  const release = version.replace(/^v/, '').replace(/\+.*$/, '');
  if (isReleaseVersion(release)) return release;
  return release === 'dev' ? 'dev' : 'other';
}
