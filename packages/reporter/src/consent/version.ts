import { isVersion, versionOf } from '@candor/protocol';
import { ReporterError } from '../errors.js';

/** A version as reports carry it; `isDevelopment` is true for a version that only developers run. */
export interface ReportedVersion {
  readonly text: string;
  readonly isDevelopment: boolean;
}

const unreleased = '0.0.0-dev';

/**
 * Reads the version of a program. `0.0.0` (with any suffix), `dev`, `unknown`, empty text and the versions in
 * `development` are development versions. Throws `ERR_VERSION_INVALID` on anything that is not a version.
 */
export function readVersion(version: unknown, development: readonly string[] = []): ReportedVersion {
  if (typeof version !== 'string') {
    throw new ReporterError('ERR_VERSION_INVALID', `version: expected text, got ${typeof version}`);
  }
  const text = versionOf(version);
  const isUnreleased = ['', 'dev', 'unknown'].includes(text.toLowerCase());
  if (!isUnreleased && !isVersion(text)) {
    throw new ReporterError(
      'ERR_VERSION_INVALID',
      'version: expected at most 40 letters, digits, ".", "-", "_" or "~", with a digit; or dev, unknown, or nothing',
    );
  }
  const isNamed = development.some((named) => versionOf(named) === text);
  return {
    text: isVersion(text) ? text : unreleased,
    isDevelopment: isUnreleased || isNamed || /^0\.0\.0(?!\.?\d)/.test(text),
  };
}
