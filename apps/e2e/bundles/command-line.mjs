// The command line of a host program: `usage` and an operator's command, awaited at the top level as hosts do.
import { createUsageReporting } from 'candor';
import * as z from 'zod';

const schema = z.object({ port: z.int().meta({ export: true }), secret: z.string() }).meta({ export: true });

const usage = createUsageReporting({
  product: 'notes',
  version: '1.4.0',
  schema,
  config: () => ({ port: 8080, secret: 'hunter2' }),
  endpoint: process.env.HOST_ENDPOINT,
  consent: process.env.HOST_CONSENT,
  state: process.env.HOST_STATE,
  env: {},
  features: (process.env.HOST_FEATURES ?? '').split(',').filter((name) => name !== ''),
});
const { code, output } = await usage.command(process.argv.slice(2));
process.stdout.write(output);
process.exitCode = code;
