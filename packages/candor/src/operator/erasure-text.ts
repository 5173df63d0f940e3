import type { Forgotten } from '@candor/reporter';

/** Returns the text about erased reports, one line for each message. */
export function erasureText({ erased, left, failures }: Forgotten): string {
  if (erased + left === 0) return 'The log names no report that may be at a collector.\n';
  const reasons = failures.map(({ endpoint, message, remedy }) => `${endpoint}: ${message} ${remedy}`);
  const remaining = left === 0 ? [] : [`Still to be erased: ${reports(left)}.`, ...reasons];
  return [`Erased at the collector: ${reports(erased)}.`, ...remaining, ''].join('\n');
}

function reports(count: number): string {
  return count === 1 ? '1 report' : `${count} reports`;
}
