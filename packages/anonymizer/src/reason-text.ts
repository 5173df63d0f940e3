import type { Reason } from './apply/result-node.js';
import type { Remark } from './explain.js';

/** Returns in a few words why something happened to a value. */
export function reasonText({
  action,
  reason,
  outputPath,
}: Pick<Remark, 'action' | 'reason' | 'outputPath'>): string {
  if (reason === 'key-renamed' && action === 'renamed')
    return `its key leaves as ${String(outputPath?.at(-1))}`;
  return action === 'scrubbed' ? 'tagged text' : reasons[reason];
}

const reasons: Readonly<Record<Reason, string>> = {
  exported: 'tagged',
  untagged: 'no tag',
  'above-untagged': 'no tag above',
  'above-transformed': 'counted above',
  denied: 'denied here',
  undeclared: 'not in the schema',
  'type-mismatch': 'not the type of the schema',
  'not-allowed': 'not a value of the schema',
  undecided: 'several alternatives fit',
  'quotes-key': 'names a key that stays',
  'key-renamed': 'its key stays',
  unsupported: 'not plain data',
  cycle: 'refers to itself',
  'too-deep': 'nested too deep',
  'too-many': 'too many values',
};
