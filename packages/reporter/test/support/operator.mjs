// A command line that awaits one call of the built reporter at its top level; prints what that resolved to.
import { readFileSync, writeSync } from 'node:fs';
import { createReporter } from '@candor/reporter';

const { call, args = [], file, endpoint, directory, consent = 'on' } = JSON.parse(process.argv[2]);
const reporter = createReporter({
  product: 'gateway',
  version: '1.2.3',
  endpoint,
  consent,
  fields: { digest: 'f'.repeat(64), fields: [{ path: 'api', exportedAs: 'as it is' }] },
  buildContent: ({ key, comparisonKey }) => ({
    configuration: {},
    hash: Buffer.from(key).toString('hex').slice(0, 32),
    comparison: Buffer.from(comparisonKey).toString('hex'),
  }),
  env: {},
  state: directory,
});
if (call === 'stop') await reporter.start();
const result = await reporter[call](...(file === undefined ? args : [readFileSync(file)]));
writeSync(1, result instanceof Uint8Array ? result : JSON.stringify(result ?? null));
