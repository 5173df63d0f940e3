// Usage reporting of a small web application, as the examples of web frameworks share it.
import { createUsageReporting } from 'candor';
import * as z from 'zod';

const schema = z
  .object({ port: z.int().meta({ export: true }), adminEmail: z.string() })
  .meta({ export: true });
const config = schema.parse({ port: 8080, adminEmail: 'someone@example.org' });

export const usage = createUsageReporting({
  product: 'notes',
  version: '1.4.0',
  schema,
  config: () => config,
  endpoint: 'https://usage.example.org/v1/reports',
  consent: true, // what the operator chose
});
