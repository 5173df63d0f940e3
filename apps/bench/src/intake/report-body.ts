import { createAnonymizer } from '@candor/anonymizer';
import type { Report } from '@candor/protocol';
import { fields, type Json } from '@candor/schema';
import { traefikV2 } from '@candor/traefik';
import { traefikConfiguration } from '../workload/traefik.js';

const size = 2048;

/** A report of about 2 KB as JSON text. */
export function reportBody(): string {
  const configuration = traefikConfiguration();
  const anonymized = createAnonymizer(traefikV2).anonymize(configuration) as Record<string, Json>;
  const report: Report = {
    format: 1,
    id: '0'.repeat(64),
    product: 'traefik',
    version: '2.11.0',
    fields: fields(traefikV2).digest,
    hash: '0'.repeat(32),
    changed: false,
    first: { day: true, week: false, month: false },
    age: 'month',
    configuration: {},
  };
  const kept: Record<string, Json> = {};
  for (const [section, value] of Object.entries(anonymized)) {
    const next = { ...report, configuration: { ...kept, [section]: value } };
    if (JSON.stringify(next).length <= size) kept[section] = value;
  }
  return JSON.stringify({ ...report, configuration: kept });
}
