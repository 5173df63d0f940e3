import type { AuditEntry } from '@candor/reporter';

/** Returns the audit log as text, one line for each entry. */
export function logText(entries: readonly AuditEntry[]): string {
  if (entries.length === 0) return 'No report was made yet.\n';
  return entries
    .map(({ time, event, id, endpoint, reason }) => {
      const where = endpoint === undefined ? '' : ` to ${endpoint}`;
      const why = reason === undefined ? '' : ` (${reason})`;
      return `${time.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}  ${event.padEnd(9)}  ${id.slice(0, 8)}${where}${why}\n`;
    })
    .join('');
}

/** Returns the audit log as JSON lines, reports included. */
export function logLines(entries: readonly AuditEntry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}
