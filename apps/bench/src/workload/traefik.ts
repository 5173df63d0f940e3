import type { Json } from '@candor/schema';
import { sample } from '@candor/schema/sample';
import { traefikV2 } from '@candor/traefik';

// With them, the sample of all that the schema knows would have a third more leaves than the largest of real files.
const leftOut = new Set(['tracing', 'metrics', 'experimental', 'pilot']);

/** A static configuration of Traefik 2.11 of about 320 leaves, as its parser would give it. */
export function traefikConfiguration(): Record<string, Json> {
  const full = sample(traefikV2, { text: (path) => `text of ${path.split('.').at(-1)}` });
  const sections = Object.entries(full as Record<string, Json>).filter(([name]) => !leftOut.has(name));
  // Through JSON, so that keys and texts are represented as a parser leaves them.
  return JSON.parse(JSON.stringify(Object.fromEntries(sections))) as Record<string, Json>;
}
