/**
 * Prints how many bits a report can carry by the field lists of Traefik, and how many those of a folder of
 * configurations do carry:
 *
 *   node apps/bench/dist/bits/measure-bits.js [FOLDER]
 *
 * The folder holds `v2.11/published.jsonl` and `v3.7/published.jsonl`, a JSON object with `loaded` on each line.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAnonymizer } from '@candor/anonymizer';
import { fields, type FieldList, type Json } from '@candor/schema';
import { traefikV2, traefikV3 } from '@candor/traefik';
import { capacityOf } from './capacity.js';
import { descriptionLength } from './description-length.js';
import { entropyOf } from './entropy.js';

const versions = [
  { name: 'Traefik v2', folder: 'v2.11', schema: traefikV2 },
  { name: 'Traefik v3', folder: 'v3.7', schema: traefikV3 },
];
const [source] = process.argv.slice(2);

for (const { name, folder, schema } of versions) {
  const list = fields(schema);
  console.log(`\n${name}: what an accepted report can carry, in bits`);
  const { bits, further } = capacityOf(list);
  for (const [channel, count] of bits) console.log(`  ${count.toFixed(0).padStart(5)}  ${channel}`);
  const sum = [...bits.values()].reduce((total, count) => total + count, 0);
  console.log(`  ${sum.toFixed(0).padStart(5)}  together`);
  for (const [path, count] of further)
    console.log(`  ${count.toFixed(0).padStart(5)}  each further one in ${path}`);
  if (source === undefined) continue;
  const { anonymize } = createAnonymizer(schema);
  const lines = readFileSync(join(source, folder, 'published.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  const loaded = lines
    .map((line) => (JSON.parse(line) as { loaded?: Json }).loaded)
    .filter((one) => one !== undefined);
  const distinct = [...new Set(loaded.map((one) => JSON.stringify(one)))].map(
    (text) => JSON.parse(text) as Json,
  );
  const reports = distinct.map((one) => anonymize(one));
  const measured = entropyOf(reports, exportedIn(list));
  console.log(`${name}: what the reports of ${measured.documents} distinct configurations do carry, in bits`);
  console.log(`  ${measured.all.toFixed(2).padStart(5)}  together, ${measured.distinct} of them distinct`);
  console.log(`  ${measured.values.toFixed(2).padStart(5)}  by exported values alone`);
  console.log(`  ${(measured.all - measured.values).toFixed(2).padStart(5)}  by the shape beside them`);
  console.log(`  ${measured.shape.toFixed(2).padStart(5)}  by the shape alone`);
  const lengths = reports.map(descriptionLength(list)).sort((one, other) => one - other);
  const most = [200, 300].map(
    (limit) => `${lengths.filter((length) => length > limit).length} over ${limit}`,
  );
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
  console.log(`  ${median.toFixed(0).padStart(5)}  describe the median one; ${most.join(', ')}`);
}

/** Returns a function that returns true if the value at a path is exported; a map's key matches `*`. */
function exportedIn(list: FieldList): (path: readonly string[]) => boolean {
  const paths = new Set(list.fields.filter(({ type }) => type !== 'object').map(({ path }) => path));
  const declared = new Set(list.output.flatMap(({ object }) => object?.properties.map(([key]) => key) ?? []));
  return (path) => paths.has(path.map((key) => (declared.has(key) ? key : '*')).join('.'));
}
