import { anyMember } from '../path.js';
import type { SchemaNode } from '../schema-node.js';
import { vendorOf, type SchemaSource } from '../schema-source.js';
import { fieldTree } from '../tree/field-tree.js';
import { checkBounds, checkMembers, checkNames } from './check-bounds.js';
import { checkDoubts } from './check-doubts.js';
import { checkDropped } from './check-dropped.js';
import { checkPatterns } from './check-patterns.js';
import { checkAlternatives, checkForgotten, checkTag } from './check-tag.js';
import { checkUnread } from './check-unread.js';
import { checkWords } from './check-words.js';
import type { LintIssue } from './lint-issue.js';
import { reporter, type Context, type Path } from './reporter.js';
import { walk } from './walk.js';

/** Options of `lint`. */
export interface LintOptions {
  /** Requires an `expires` date on every exported node. Default: false. */
  readonly expires?: boolean;
  /** The present time in milliseconds, for dates that have passed. Default: `Date.now`. */
  readonly now?: () => number;
}

/** Checks the tags of a schema; each node of a recursive schema is reported at its first path. */
export function lint(source: SchemaSource, options: LintOptions = {}): LintIssue[] {
  const { expires = false, now = Date.now } = options;
  const today = new Date(now()).toISOString().slice(0, 10);
  const context: Context = { issues: [], reported: new Set(), vendor: vendorOf(source), expires, today };
  const root = fieldTree(source);
  walk(root, (node, path, reachable) => checkNode(node, path, reachable, context));
  checkDropped(source, root, context);
  return context.issues;
}

function checkNode(node: SchemaNode, path: Path, reachable: boolean, context: Context): void {
  const report = reporter(path, context);
  checkDoubts(node, report, context);
  checkTag(node, report);
  checkUnread(node, report);
  if (node.propertyNames !== undefined)
    checkNames(node.propertyNames, reporter([...path, anyMember], context));
  if (node.tag === undefined) {
    if (reachable) checkForgotten(node, report, context);
    if (node.anyOf.length > 0) checkAlternatives(node, report);
    return;
  }
  if (!reachable) {
    report(
      '@candor/unreachable-tag',
      'error',
      'is tagged, but a node above it does not leave as it is, so neither does this',
    );
  }
  // The alternatives of a union are checked one by one.
  if (node.anyOf.length > 0) return;
  checkBounds(node, report);
  checkMembers(node, report);
  checkPatterns(node, report);
  // Members of lists and maps need no description of their own.
  if (typeof path.at(-1) === 'string') checkWords(node, report, context);
}
