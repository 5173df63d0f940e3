import type { Count } from '@candor/protocol';
import { maskedText } from '@candor/schema';
import pc from 'picocolors';

/** Returns a table of a report's facts by path: exported values, and nodes of which only the presence shows. */
export function factTable(counts: readonly Count[]): string {
  const facts = counts.flatMap((count) => ('path' in count ? [count] : []));
  const width = Math.max(...facts.map(({ path }) => path.length));
  return facts
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, value }) => {
      const section = value === true && facts.some((other) => other.path.startsWith(`${path}.`));
      const shown = section
        ? pc.dim('present')
        : value === maskedText
          ? pc.dim('masked')
          : JSON.stringify(value);
      return `  ${path.padEnd(width)}  ${shown}`;
    })
    .join('\n');
}
