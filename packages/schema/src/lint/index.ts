export { lint, type LintOptions } from './lint.js';
export type { LintIssue, LintRule } from './lint-issue.js';
