/** A version as it is reported: without a leading `v` and without build metadata. */
export function releaseOf(version: string): string {
  return version.replace(/^v/, '').replace(/\+.*$/s, '');
}

/** Whether a version is one that developers run: a pre-release, `0.0.0`, or no release number at all. */
export function isDevelopment(version: string): boolean {
  const release = releaseOf(version);
  return !/^\d+(\.\d+)*$/.test(release) || /^[0.]+$/.test(release);
}
