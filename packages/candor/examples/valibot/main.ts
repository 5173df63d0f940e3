import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { createUsageReporting } from 'candor';
import * as v from 'valibot';

const schema = v.pipe(
  v.object({
    port: v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.maxValue(65_535),
      v.metadata({
        export: true,
        description: 'The port that is listened on.',
        why: 'Is the usual port kept?',
      }),
    ),
    storage: v.pipe(
      v.picklist(['memory', 'disk']),
      v.metadata({
        export: true,
        description: 'Where data is kept.',
        why: 'Which storage is worth our work?',
      }),
    ),
    adminEmail: v.string(),
  }),
  v.metadata({ export: true, description: 'The configuration.', why: 'How is the program set up?' }),
);

const config = v.parse(schema, { port: 8080, storage: 'disk', adminEmail: 'someone@example.org' });

const usage = createUsageReporting({
  product: 'notes',
  version: '1.4.0',
  schema: toStandardJsonSchema(schema),
  config: () => config,
  endpoint: 'https://usage.example.org/v1/reports',
  consent: true,
});
await usage.start();

console.log(new TextDecoder().decode(await usage.preview()));
await usage.stop();
