import { matchingText } from '../sample/sample-text.js';
import type { SchemaNode } from '../schema-node.js';
import type { Report } from './reporter.js';

/** Reports patterns that match the same keys, judged by an example key of each: such members are not exported. */
export function checkPatterns({ patternProperties, properties }: SchemaNode, report: Report): void {
  const keys = patternProperties.map(({ pattern }) => matchingText(pattern.source, {}, 1));
  const isShared = keys.some((key) => {
    if (key === undefined || properties.has(key)) return false;
    const matching = patternProperties.filter(({ pattern }) => pattern.test(key));
    return matching.length > 1 && matching.some(({ node }) => node.tag !== undefined);
  });
  if (!isShared) return;
  const what = 'has patterns that match the same key, and a member that several match does not leave';
  report('@candor/undecided-tag', 'warning', `${what}; make them exclude each other`);
}
