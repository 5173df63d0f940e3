import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { equivalentMutants } from './equivalent-mutants.js';
import { instrument } from './instrument.js';
import { runMutants } from './run-mutants.js';

/**
 * `npm run mutate [-- [--sample n] [--seed n] [--quick] package | package/src/folder | package/src/file.ts …]`: changes
 * the code in small ways (mutants) and lists the changes that no test of its package notices. `--sample 300` tries that many
 * of them, for an estimate; another `--seed` than 1 draws others. `--quick` leaves out tests that take longer than 0.3 s of
 * the processor, so that at least as many are noticed as it says.
 * Exits 1 where less than 90 % are noticed, or a line is gone that is listed as having equivalent mutants.
 *
 * All mutants are compiled into one copy of the package, each behind a switch, by Stryker's instrumenter. A test runs once
 * to see which switches it passes, and then once with each of them, in the same process. So a mutant costs as long as its
 * tests, not as long as starting them.
 *
 * A mutant that makes no difference which a test can see is listed in `equivalent-mutants.js` with the reason.
 */
const parts = {
  schema: ['src'],
  anonymizer: ['src'],
  hasher: ['src'],
  protocol: ['src'],
  reporter: ['src/schedule', 'src/consent'],
  collector: ['src/intake'],
  'storage-sqlite': ['src'],
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: '1' },
    quick: { type: 'boolean', default: false },
  },
});
const packageOf = (argument) => argument.split('/')[0];
const size = Number(values.sample);
if (positionals.some((argument) => !Object.hasOwn(parts, packageOf(argument))) || !(size >= 1)) {
  process.stderr.write(
    `mutate: expected [--sample n] [--seed n] [--quick] and packages of ${Object.keys(parts).join(', ')}\n`,
  );
  process.exit(2);
}

// Ends what it started, too.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

// A line that is gone tells nothing of the one in its place.
const gone = equivalentMutants.filter(({ file, code }) => {
  const lines = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').split('\n');
  return !lines.some((line) => line.trim() === code);
});
for (const { file, code } of gone) {
  process.stderr.write(
    `mutate: ${file} has no line any more that is listed as having equivalent mutants: ${code}\n`,
  );
}

let isLow = false;
for (const [name, sources] of Object.entries(parts)) {
  const asked = positionals.filter((argument) => packageOf(argument) === name);
  if (positionals.length > 0 && asked.length === 0) continue;
  const paths = asked.filter((argument) => argument !== name).map((path) => path.slice(name.length + 1));
  isLow = (await mutate(name, paths.length > 0 ? paths : sources)) < 0.9 || isLow;
}
process.exitCode = isLow || gone.length > 0 ? 1 : 0;

/** Returns the share of a package's mutants that a test notices. */
async function mutate(name, paths) {
  const { directory, mutants } = await instrument(name, paths);
  const tried = sampleOf(mutants);
  process.stdout.write(`\n${name}: ${tried.length} of ${mutants.length} mutants\n`);
  const { noticed, late } = await runMutants(directory, tried, values.quick);
  rmSync(directory, { recursive: true });
  return report(name, tried, noticed, late);
}

/** Returns as many mutants as are asked for, drawn by the seed, in the order of the sources. */
function sampleOf(mutants) {
  const lots = mutants.map(({ id }) => ({
    id,
    lot: createHash('sha256').update(`${values.seed} ${id}`).digest('hex'),
  }));
  lots.sort((one, other) => (one.lot < other.lot ? -1 : 1));
  const drawn = new Set(lots.slice(0, size).map(({ id }) => id));
  return mutants.filter(({ id }) => drawn.has(id));
}

/** Writes what no test noticed, and returns the share of what should have been noticed and was. */
function report(name, mutants, noticed, late) {
  const missed = mutants.filter(({ id }) => !noticed.has(id));
  const unexplained = missed.filter((mutant) => !isEquivalent(mutant));
  for (const { file, line, column, mutatorName, code, replacement } of unexplained) {
    process.stdout.write(`${file}:${line}:${column} ${mutatorName}\n  - ${code}\n  + ${replacement}\n`);
  }
  const equivalent = missed.length - unexplained.length;
  const share = (mutants.length - missed.length) / Math.max(1, mutants.length - equivalent);
  process.stdout.write(
    `${name}: ${mutants.length - missed.length} of ${mutants.length} mutants noticed ` +
      `(${late} by taking too long), ${equivalent} equivalent: ${(100 * share).toFixed(1)} %\n`,
  );
  return share;
}

function isEquivalent({ file, code, replacement }) {
  return equivalentMutants.some(
    (listed) => listed.file === file && listed.code === code && listed.mutants.includes(replacement),
  );
}
