import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench, Result, Row, RunContext } from './bench.js';
import type { Comparison } from './comparison.js';
import { installPeers, versionsOf } from './peers.js';
import { median, short } from './statistics.js';
import type { Samples } from './time.js';

const run = promisify(execFile);
const child = fileURLToPath(new URL('measure-variant.js', import.meta.url));

/** The samples of each round, by variant, by case. */
type Raw = Record<string, Record<string, Samples[]>>;

/** A benchmark that measures each variant of a comparison in fresh processes, in an order that alternates. */
export function comparisonBench(comparison: Comparison): Bench {
  const { name, title, peers } = comparison;
  return {
    name,
    title,
    run: async (context) => {
      const folder = peers.length === 0 ? '' : await installPeers(peers);
      return resultOf(comparison, await measure(comparison, folder, context));
    },
  };
}

async function measure(
  { name, cases, variantsOf }: Comparison,
  folder: string,
  { rounds, progress }: RunContext,
): Promise<Raw> {
  const raw: Raw = {};
  const pairs = cases.flatMap((one) => variantsOf(one).map((variant) => [one, variant] as const));
  for (let round = 0; round < rounds; round += 1) {
    progress(`${name}: round ${round + 1} of ${rounds}`);
    for (const [caseName, variant] of round % 2 === 0 ? pairs : pairs.toReversed()) {
      const { stdout } = await run(process.execPath, [child, name, caseName, variant, folder]);
      ((raw[caseName] ??= {})[variant] ??= []).push(JSON.parse(stdout) as Samples);
    }
  }
  return raw;
}

function resultOf({ cases, variantsOf, reference, remarks, peers }: Comparison, raw: Raw): Result {
  const rows = cases.flatMap((name): Row[] => {
    const timeOf = (variant: string): number => median((raw[name]?.[variant] ?? []).map(median));
    const unit = timeOf(reference);
    return variantsOf(name).map((variant) => {
      const time = timeOf(variant);
      return {
        label: `${name}: ${variant}`,
        cells: [short(time / 1000), short(time / unit), short(unit / time)],
      };
    });
  });
  const columns = ['µs (median)', `time, ${reference} = 1`, `speed, ${reference} = 1`];
  return { columns, rows, remarks, versions: versionsOf(peers), raw };
}
