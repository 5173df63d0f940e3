import { createUsageReporting } from 'candor';
import * as z from 'zod';

const schema = z
  .object({
    port: z
      .int()
      .min(1)
      .max(65_535)
      .meta({ export: true, description: 'The port that is listened on.', why: 'Is the usual port kept?' }),
    storage: z
      .enum(['memory', 'disk'])
      .meta({ export: true, description: 'Where data is kept.', why: 'Which storage is worth our work?' }),
    adminEmail: z.string(),
  })
  .meta({ export: true, description: 'The configuration.', why: 'How is the program set up?' });

const config = schema.parse({ port: 8080, storage: 'disk', adminEmail: 'someone@example.org' });

const usage = createUsageReporting({
  product: 'notes',
  version: '1.4.0',
  schema,
  config: () => config,
  endpoint: 'https://usage.example.org/v1/reports',
  consent: true,
});
await usage.start();

console.log(new TextDecoder().decode(await usage.preview()));
await usage.stop();
