import { createHash, randomUUID } from 'node:crypto';
import { type ForeignReport, type Json, type Report, reportDocument } from '@candor/protocol';
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
  const { value, removed } = guard.verify(reportDocument(report));
  const content = toContent(value, guard);
  return {
    record: { product, day, id, version, hash, changed, first, age, content },
    removed: removed.length,
  };
}

/**
 * Keeps of a report in a program's own format what its field list allows.
 *
 * Such a report has no id by which a repeat could be recognised, and no flags. Each one counts as the first of its
 * day, and none as the first of a week or month.
 */
export function toForeignRecord(
  { version, configuration }: ForeignReport,
  guard: Guard,
  envelope: Pick<ReportRecord, 'product' | 'day'>,
): Accepted {
  const { value, removed } = guard.verify(reportDocument({ configuration }));
  return {
    record: {
      ...envelope,
      id: randomUUID(),
      version,
      hash: null,
      changed: null,
      first: { day: true, week: false, month: false },
      age: null,
      content: toContent(value, guard),
    },
    removed: removed.length,
  };
}

function toContent(document: Json, { digest: fields, flatten }: Guard): Content {
  // What a value means depends on its field list, so equal contents are equal in both.
  const text = canonicalize({ fields, document });
  return { digest: createHash('sha256').update(text).digest('hex'), text, facts: flatten(document) };
}
