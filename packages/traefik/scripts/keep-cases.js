/**
 * Keeps inputs that we wrote ourselves, with what the program's loader and anonymizer made of them, as test
 * data of this repository: all of `edge`, the first 200 of `generated`.
 *
 *   node scripts/keep-cases.js FOLDER        FOLDER/v2.11/edge.jsonl, …
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('Usage: node scripts/keep-cases.js FOLDER');

for (const [name, folder] of [
  ['v2', 'v2.11'],
  ['v3', 'v3.7'],
]) {
  for (const [kind, most] of [
    ['edge', Infinity],
    ['generated', 200],
  ]) {
    const lines = readFileSync(join(source, folder, `${kind}.jsonl`), 'utf8')
      .trimEnd()
      .split('\n');
    const kept = lines.slice(0, most).map((line) => {
      const { id, format, text, flags, env, accepted, loaded, anonymized } = JSON.parse(line);
      return JSON.stringify({ id, format, text, flags, env, accepted, loaded, anonymized });
    });
    writeFileSync(new URL(`../test/data/${name}-${kind}.jsonl`, import.meta.url), `${kept.join('\n')}\n`);
  }
}
