// Usage reporting of a Next.js application. `HOST_ENDPOINT` and `HOST_STATE` name the collector and the state directory.
import { createUsageReporting } from 'candor';
import * as z from 'zod';

const schema = z
  .object({
    port: z.int().meta({ export: true }),
    note: z.string().meta({ export: 'text' }),
    secret: z.string(),
  })
  .meta({ export: true });

export const usage = createUsageReporting({
  product: 'notes',
  version: '1.4.0',
  schema,
  config: () => ({ port: 8080, note: 'see db.example.com', secret: 'hunter2' }),
  // Next.js loads this file while it builds, too.
  endpoint: process.env.HOST_ENDPOINT ?? 'https://usage.example/v1/reports',
  consent: 'on',
  state: process.env.HOST_STATE,
  env: {},
  logger: console,
  schedule: { first: 1, interval: 3_600_000, jitter: 0 },
});
