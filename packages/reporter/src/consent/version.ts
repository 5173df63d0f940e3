import { isReleaseVersion } from '@candor/protocol';

const development = '0.0.0-dev';

/** A version as it is reported: without a leading `v` and build metadata; one that is not SemVer is `0.0.0-dev`. */
export function releaseOf(version: string): string {
  const release = version.replace(/^v/, '').replace(/\+.*$/s, '');
  return isReleaseVersion(release) ? release : development;
}

/** Whether a version is one that developers run: a pre-release, `0.0.0`, or not SemVer at all. */
export function isDevelopment(version: string): boolean {
  const release = releaseOf(version);
  return release === '0.0.0' || release.includes('-');
}
