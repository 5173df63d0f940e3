import type { SchemaNode } from '../schema-node.js';
import type { Context, Report } from './reporter.js';

/** Reports a field without a description, why or expiry. */
export function checkWords(node: SchemaNode, report: Report, { expires, today }: Context): void {
  if (node.description === undefined) report('@candor/no-description', 'warning', 'has no description');
  if (node.why === undefined) {
    report('@candor/no-why', 'warning', 'has no why: the question that it answers');
  }
  if (node.expires === undefined) {
    if (expires) report('@candor/no-expires', 'warning', 'has no expires date');
  } else if (!isDay(node.expires)) {
    report('@candor/bad-expires', 'error', 'has an expires that is no day such as 2030-12-31');
  } else if (node.expires < today) {
    report('@candor/expired', 'warning', 'is past its expires date; review whether it is still needed');
  }
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) && text.length === 10;
}
