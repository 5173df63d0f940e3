import { randomBytes } from 'node:crypto';
import { createAnonymizer } from '@candor/anonymizer';
import type { Json, Report } from '@candor/protocol';
import { fields } from '@candor/schema';
import { traefikV3 } from '@candor/traefik';

const written = {
  entryPoints: { web: { address: ':80' } },
  providers: { docker: { exposedByDefault: false } },
};
const configuration = createAnonymizer(traefikV3).anonymize(written) as { [key: string]: Json };
const { digest } = fields(traefikV3);

/** A report of a Traefik 3.7 that serves containers. */
export function traefikReport(change: Partial<Report> = {}): Report {
  return {
    format: 1,
    id: randomBytes(32).toString('hex'),
    product: 'traefik',
    version: '3.7.9',
    fields: digest,
    hash: '00112233445566778899aabbccddeeff',
    changed: null,
    first: { day: true, week: true, month: true },
    age: 'day',
    configuration,
    ...change,
  };
}

/** Posts a value to a server's intake. */
export async function post(
  url: string,
  value: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return await fetch(new URL('/v1/reports', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'planted-agent/1', ...headers },
    body: JSON.stringify(value),
  });
}
