import { createAnonymizer } from '@candor/anonymizer';
import { type IntakeFormat, isVersion, type Json, versionOf } from '@candor/protocol';
import { fields, type SchemaSource } from '@candor/schema';
import { traefikV2 } from './generated/traefik-v2.js';
import { traefikV3 } from './generated/traefik-v3.js';
import { parseTraefikReport } from './traefik-report.js';

/**
 * Returns the intake format for the reports of real Traefik builds.
 *
 * Traefik anonymizes by its own tags, which let secrets pass, so the configuration is anonymized again by the schema of
 * the report's version; a build from source (`dev`) counts as the newest. The hash, the code name and the build date
 * are dropped: the hash would link days, and the others follow from the version. A version that is not a release
 * becomes `dev` or `other`.
 */
export function traefikFormat(): IntakeFormat {
  const newest = anonymizing(traefikV3);
  const releases = new Map([
    ['2', anonymizing(traefikV2)],
    ['3', newest],
  ]);
  return {
    product: 'traefik',
    parse(value, limits) {
      const { report, issues } = parseTraefikReport(value, limits);
      if (issues !== undefined) return { issues };
      const version = releaseOf(report.version);
      const major = /^(\d+)\./.exec(version)?.[1];
      const found = major === undefined ? newest : releases.get(major);
      if (found === undefined) return { report: { version, fields: null, configuration: {} } };
      return {
        report: { version, fields: found.fields, configuration: found.anonymize(report.configuration) },
      };
    },
  };
}

function anonymizing(schema: SchemaSource): {
  readonly fields: string;
  readonly anonymize: (configuration: unknown) => { [key: string]: Json };
} {
  const { anonymize } = createAnonymizer(schema);
  return {
    fields: fields(schema).digest,
    anonymize: (configuration) => anonymize(configuration) as { [key: string]: Json },
  };
}

function releaseOf(version: string): string {
  const release = versionOf(version);
  if (isVersion(release)) return release;
  return release === 'dev' ? 'dev' : 'other';
}
