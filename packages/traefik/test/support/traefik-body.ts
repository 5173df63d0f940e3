import type { TraefikReport } from '../../src/index.js';

/** The two spellings that Traefik has used for its keys: `version` and `Version`. */
export type Spelling = 'lower' | 'capitalized';

/** A report of Traefik 3.7.9. */
export const sampleTraefikReport: TraefikReport = {
  version: '3.7.9',
  codename: 'cheddar',
  buildDate: '2026-01-01',
  configuration: { log: { level: 'DEBUG' } },
  hash: '18446744073709551615',
};

/** Writes a report as Traefik does: members in its order, the configuration as JSON in base64. */
export function traefikBody(report: TraefikReport, spelling: Spelling = 'lower'): Record<string, string> {
  const { version, codename, buildDate, configuration, hash } = report;
  const encoded = Buffer.from(JSON.stringify(configuration)).toString('base64');
  const members = { version, codename, buildDate, configuration: encoded, hash };
  const spelled = (key: string): string =>
    spelling === 'lower' ? key : key.slice(0, 1).toUpperCase() + key.slice(1);
  return Object.fromEntries(Object.entries(members).map(([key, value]) => [spelled(key), value]));
}
