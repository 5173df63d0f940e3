import { readFileSync } from 'node:fs';
import { Stryker } from '@stryker-mutator/core';
import { equivalentMutants } from './equivalent-mutants.js';

/**
 * `npm run mutate [-- package | package/source file …]`: changes the code in small ways (mutants) and lists the changes
 * that no test notices. One package after the other, since only a package's own tests run for it. Exits 1 where less than
 * 90 % are noticed.
 *
 * The SQLite store is not among them: its tests run the built package, which works in a thread that Stryker's runner does
 * not reach, so that each of its mutants would count as missed.
 *
 * A mutant that makes no difference which a test can see is listed in `equivalent-mutants.js` with the reason.
 */
const parts = {
  schema: 'src/**/*.ts',
  anonymizer: 'src/**/*.ts',
  hasher: 'src/**/*.ts',
  protocol: 'src/**/*.ts',
  reporter: 'src/{schedule,consent}/**/*.ts',
  collector: 'src/intake/**/*.ts',
};

const wanted = process.argv.slice(2);
const packageOf = (argument) => argument.split('/')[0];
if (wanted.some((argument) => !Object.hasOwn(parts, packageOf(argument)))) {
  process.stderr.write(`mutate: expected packages of ${Object.keys(parts).join(', ')}\n`);
  process.exit(2);
}

let isLow = false;
for (const [name, sources] of Object.entries(parts)) {
  const asked = wanted.filter((argument) => packageOf(argument) === name);
  if (wanted.length > 0 && asked.length === 0) continue;
  const files = asked.filter((argument) => argument !== name);
  const mutants = await mutate(name, files.length > 0 ? files : [`${name}/${sources}`]);
  isLow = report(name, mutants) < 0.9 || isLow;
}
process.exitCode = isLow ? 1 : 0;

/** Runs the tests of a package on each mutant of its sources. */
async function mutate(name, sources) {
  process.stdout.write(`\n${name}\n`);
  process.env.CANDOR_MUTATED_PACKAGE = name;
  const results = await new Stryker({
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: '.config/vitest.mutate.config.ts', related: false },
    mutate: [...sources.map((source) => `packages/${source}`), '!**/generated/**', '!**/*.d.ts'],
    coverageAnalysis: 'perTest',
    // The workspace's links lead out of a copy; the sources are put back at the end, whatever happens.
    inPlace: true,
    // Vitest checks no types, so no file needs a comment that turns the checks off.
    disableTypeChecks: false,
    concurrency: 2,
    // A machine that does something else as well is not a test that notices.
    timeoutMS: 30_000,
    timeoutFactor: 4,
    reporters: ['json'],
    jsonReporter: { fileName: `reports/mutation/${name}.json` },
  }).runMutationTest();
  return results.filter(({ status }) => !['Ignored', 'CompileError', 'RuntimeError'].includes(status));
}

/** Writes what no test noticed, and returns the share of what should have been noticed and was. */
function report(name, mutants) {
  const missed = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const unexplained = missed.filter((mutant) => !isEquivalent(mutant));
  for (const { fileName, location, mutatorName, replacement } of unexplained) {
    const { line, column } = location.start;
    process.stdout.write(`${relative(fileName)}:${line}:${column} ${mutatorName}\n`);
    process.stdout.write(`  - ${lineOf(fileName, line)}\n  + ${replacement}\n`);
  }
  const noticed = mutants.length - missed.length;
  const equivalent = missed.length - unexplained.length;
  const share = noticed / Math.max(1, mutants.length - equivalent);
  process.stdout.write(
    `${name}: ${noticed} of ${mutants.length} mutants noticed, ${equivalent} equivalent: ${(100 * share).toFixed(1)} %\n`,
  );
  return share;
}

function isEquivalent({ fileName, location, replacement }) {
  const line = lineOf(fileName, location.start.line);
  return equivalentMutants.some(
    ({ file, code, mutants }) =>
      file === relative(fileName) && code === line && mutants.includes(replacement.replace(/\s+/g, ' ')),
  );
}

function relative(fileName) {
  return fileName.slice(fileName.indexOf('packages/'));
}

function lineOf(fileName, line) {
  return readFileSync(fileName, 'utf8').split('\n')[line - 1].trim();
}
