import { formatPath, type PathSegment } from '../path.js';
import type { LintIssue, LintRule } from './lint-issue.js';

/** What the rules share. */
export interface Context {
  readonly issues: LintIssue[];
  /** The rule and path of each issue, since a node is visited once for each path to it. */
  readonly reported: Set<string>;
  readonly vendor: string | undefined;
  readonly expires: boolean;
  readonly today: string;
}

/** The keys and positions that lead to a node. */
export type Path = readonly PathSegment[];

/** Reports an issue of one node. */
export type Report = (rule: LintRule, severity: LintIssue['severity'], what: string) => void;

/** Returns the function that reports issues of the node at a path. */
export function reporter(path: Path, { issues, reported }: Context): Report {
  const where = formatPath(path);
  return (rule, severity, what) => {
    const key = `${rule} ${where}`;
    if (reported.has(key)) return;
    reported.add(key);
    issues.push({ rule, severity, path: where, message: `${where === '' ? 'the root' : where} ${what}` });
  };
}
