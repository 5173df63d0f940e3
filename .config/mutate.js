import { Stryker } from '@stryker-mutator/core';

/**
 * `npm run mutate [-- package …]`: changes the code in small ways and counts the changes that no test notices.
 * One package after the other, since only a package's own tests run for it. Exits 1 where less than 90 % are noticed.
 *
 * A change that makes no difference is listed where it is, with its reason:
 * `// Stryker disable next-line EqualityOperator: both bounds give the same buffer`.
 */
const parts = {
  schema: 'src/**/*.ts',
  anonymizer: 'src/**/*.ts',
  hasher: 'src/**/*.ts',
  protocol: 'src/**/*.ts',
  reporter: 'src/{schedule,consent}/**/*.ts',
  collector: 'src/intake/**/*.ts',
  'storage-sqlite': 'src/**/*.ts',
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  process.stderr.write(`mutate: expected packages of ${Object.keys(parts).join(', ')}\n`);
  process.exit(2);
}

let isLow = false;
for (const [name, sources] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`\n${name}\n`);
  process.env.CANDOR_MUTATED_PACKAGE = name;
  const results = await new Stryker({
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: '.config/vitest.mutate.config.ts', related: false },
    mutate: [`packages/${name}/${sources}`, '!**/generated/**', '!**/*.d.ts'],
    // A message may be worded otherwise without being wrong.
    mutator: { excludedMutations: ['StringLiteral'] },
    coverageAnalysis: 'perTest',
    // The workspace's links lead out of a copy; the sources are put back at the end, whatever happens.
    inPlace: true,
    concurrency: 2,
    reporters: ['clear-text', 'json'],
    jsonReporter: { fileName: `reports/mutation/${name}.json` },
    clearTextReporter: { reportTests: false },
  }).runMutationTest();
  const noticed = results.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  const counted = results.filter(
    ({ status }) => !['Ignored', 'CompileError', 'RuntimeError'].includes(status),
  );
  const share = noticed / Math.max(1, counted.length);
  process.stdout.write(
    `${name}: ${noticed} of ${counted.length} changes noticed (${(100 * share).toFixed(1)} %)\n`,
  );
  isLow ||= share < 0.9;
}
process.exitCode = isLow ? 1 : 0;
