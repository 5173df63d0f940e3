import { formatPath } from '@candor/schema';

/** Why a configuration was not loaded. */
export type ConfigErrorCode = 'ERR_CONFIG_FILE' | 'ERR_CONFIG_SYNTAX' | 'ERR_CONFIG_INVALID';

/** One issue: where, and what was expected; never the value. */
export interface ConfigIssue {
  /** Keys from the root, as written; empty for the whole input. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Name of the file, `flags` or `environment`. */
  readonly source: string;
  /** Counted from 1; only for files. */
  readonly line?: number;
  /** Counted from 1, in UTF-16 units; only for files. */
  readonly column?: number;
}

/** A configuration that cannot be used, with all its issues. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: ConfigErrorCode;
  readonly issues: readonly ConfigIssue[];

  constructor(code: ConfigErrorCode, issues: readonly ConfigIssue[], options?: ErrorOptions) {
    super(issues.map(formatIssue).join('\n'), options);
    this.code = code;
    Object.defineProperty(this, Symbol.for('candor.error'), { value: true });
    this.issues = issues;
  }
}

/** Returns an issue as text: `traefik.yml:3:5: providers.docker.watch: expected a boolean, found text`. */
export function formatIssue(issue: ConfigIssue): string {
  const position = issue.line === undefined ? issue.source : `${issue.source}:${issue.line}:${issue.column}`;
  const path = formatPath(issue.path);
  return path === '' ? `${position}: ${issue.message}` : `${position}: ${path}: ${issue.message}`;
}
