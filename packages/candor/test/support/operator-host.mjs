// A host's command line as its users call it: the words after the first are a command of the operator. The first is JSON: the
// endpoint, the state directory, and options of the host that differ.
import { createUsageReporting } from 'candor';

const [, , given, ...words] = process.argv;
const { endpoint, state, ...more } = JSON.parse(given);
const usage = createUsageReporting({
  product: 'gateway',
  version: '1.2.3',
  schema: { type: 'object', export: true, properties: { port: { type: 'integer', export: true } } },
  config: () => ({ port: 8080 }),
  endpoint,
  consent: 'on',
  state,
  env: {},
  ...more,
});
const { code, output } = await usage.command(words);
process.stdout.write(output);
process.exitCode = code;
