import { randomBytes } from 'node:crypto';
import type { ForeignReport, Report } from '@candor/protocol';
import type { ReportRecord } from '@candor/storage';

/** The part of a stored report that does not depend on when it was received and from where. */
export type Envelope = Omit<ReportRecord, 'day' | 'content' | 'counted' | 'network' | 'versionListed'>;

/** Returns the record of a report. The members are listed, since spreading both objects into one takes 12 µs. */
export function recordOf(envelope: Envelope, received: Omit<ReportRecord, keyof Envelope>): ReportRecord {
  const { product, id, version, hash, changed, first, age } = envelope;
  const { day, content, counted, network, versionListed } = received;
  return {
    product,
    id,
    version,
    hash,
    changed,
    first,
    age,
    day,
    content,
    counted,
    network,
    versionListed,
  };
}

/** Returns the envelope of a report. */
export function envelopeOf(report: Report): Envelope {
  const { product, id, version, hash, changed, first, age } = report;
  return { product, id, version, hash, changed, first, age };
}

/**
 * Returns the envelope of a report in a program's own format.
 *
 * Such a report has no id to recognise a repetition by, and no flags. Each one counts as the first of its day, and none
 * as the first of a week or month.
 */
export function foreignEnvelope(product: string, { version }: ForeignReport): Envelope {
  return {
    product,
    id: randomBytes(32).toString('hex'),
    version,
    hash: null,
    changed: null,
    first: { day: true, week: false, month: false },
    age: null,
  };
}
