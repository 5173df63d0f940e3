import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench, Row } from '../frame/bench.js';
import { importPeer, installPeers, versionsOf } from '../frame/peers.js';
import { createScanners, scannerPeers, type Mask } from './scanners.js';

interface Positive {
  readonly kind: string;
  readonly text: string;
  readonly secrets: readonly string[];
}

// Kinds of which Candor finds nothing unless it is asked to.
const personal: readonly string[] = ['phone', 'iban', 'card'];
const ordinary = 'ordinary texts touched';

/** How much of the test data of other scanners each scanner finds, and how much of ordinary text it touches. */
export const recallBench: Bench = {
  name: 'scrub-recall',
  title: 'What scrubbing finds',
  page: 'docs/scrubbing.md',
  async run({ progress }) {
    const folder = await installPeers(scannerPeers);
    const scanners = Object.entries(await createScanners((name) => importPeer(folder, name)));
    const positives = read<readonly Positive[]>('positives.json').map((positive) => ({
      ...positive,
      secrets: positive.secrets.filter((secret) => secret.length >= 3),
    }));
    const negatives = Object.values(
      read<Readonly<Record<string, readonly string[]>>>('negatives.json'),
    ).flat();
    const kinds = [...new Set(positives.map(({ kind }) => kind))].sort();
    const shares: { label: string; texts: number; counts: number[] }[] = [];
    for (const kind of kinds) {
      progress(`scrub-recall: ${kind}`);
      const texts = positives.filter((positive) => positive.kind === kind && positive.secrets.length > 0);
      const counts = await Promise.all(
        scanners.map(([, make]) => countClean(make(personal.includes(kind)), texts)),
      );
      shares.push({ label: kind, texts: texts.length, counts });
    }
    const touched = await Promise.all(scanners.map(([, make]) => countTouched(make(false), negatives)));
    shares.push({ label: ordinary, texts: negatives.length, counts: touched });
    return {
      columns: ['texts', ...scanners.map(([name]) => name)],
      rows: shares.map(rowOf),
      remarks: [],
      versions: versionsOf(scannerPeers),
      raw: shares,
    };
  },
};

/** How many texts are left with nothing sensitive in them. */
async function countClean(mask: Mask, texts: readonly Positive[]): Promise<number> {
  let clean = 0;
  for (const { text, secrets } of texts) {
    const left = await mask(text);
    if (!secrets.some((secret) => left.includes(secret))) clean += 1;
  }
  return clean;
}

async function countTouched(mask: Mask, texts: readonly string[]): Promise<number> {
  let touched = 0;
  for (const text of texts) if ((await mask(text)) !== text) touched += 1;
  return touched;
}

function rowOf({ label, texts, counts }: { label: string; texts: number; counts: readonly number[] }): Row {
  const percent = (count: number): string => `${((count / texts) * 100).toFixed(1)} %`;
  return { label, cells: [String(texts), ...counts.map(percent)] };
}

/** Reads the reference data, which is not in the repository. */
function read<T>(file: string): T {
  const root =
    process.env.CANDOR_CONFORMANCE ??
    fileURLToPath(new URL('../../../../../shared/conformance', import.meta.url));
  const path = join(root, 'scrub', file);
  if (!existsSync(path))
    throw new Error('the reference data is not there; CANDOR_CONFORMANCE names its folder');
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
