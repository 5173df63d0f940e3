import type { SchemaNode } from '../schema-node.js';
import type { Context, Report } from './reporter.js';

/** Reports what the schema leaves open, if that makes a tag ineffective. */
export function checkDoubts(node: SchemaNode, report: Report, { vendor }: Context): void {
  const isTagged = node.exports.some((value) => value !== false);
  for (const doubt of node.doubts) {
    switch (doubt) {
      case 'unresolved-reference':
        report(
          '@candor/unresolved-reference',
          'error',
          'has a $ref; this reference is not in this document; bundle it first',
        );
        break;
      case 'invalid-pattern': {
        const what = 'has a key in patternProperties that is no regular expression of JavaScript';
        report(
          '@candor/invalid-pattern',
          'error',
          `${what}, so no member leaves that is not declared by name`,
        );
        break;
      }
      case 'unevaluated-members': {
        const instead = 'use additionalProperties or items';
        report(
          '@candor/unread-tag',
          'error',
          `has a tag on unevaluated members, which is not read; ${instead}`,
        );
        break;
      }
      case 'circular-reference':
        report('@candor/unresolved-reference', 'error', 'has a $ref that leads back to itself');
        break;
      case 'dynamic-reference':
        if (isTagged) report('@candor/unread-tag', 'error', 'is tagged beside a $dynamicRef; use $ref');
        break;
      case 'too-many-alternatives': {
        const what = 'combines too many alternatives to decide what a value is, so nothing leaves';
        report('@candor/undecided-tag', isTagged ? 'error' : 'warning', what);
        break;
      }
      case 'implied-type':
        // Plain JSON has no `Map`, but the value may be one if a library leaves its type open.
        if (vendor !== undefined && node.tag?.transform?.kind === 'count') {
          const what = 'is counted, but its schema leaves no type';
          report(
            '@candor/untyped-count',
            'warning',
            `${what}: a list or object is counted, a Map or Set is not`,
          );
        }
    }
  }
}
