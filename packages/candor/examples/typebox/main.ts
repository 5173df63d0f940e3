import { createUsageReporting } from 'candor';
import { Type } from 'typebox';
import { Value } from 'typebox/value';

const schema = Type.Object(
  {
    port: Type.Integer({
      minimum: 1,
      maximum: 65_535,
      export: true,
      description: 'The port that is listened on.',
      why: 'Is the usual port kept?',
    }),
    storage: Type.Enum(['memory', 'disk'], {
      export: true,
      description: 'Where data is kept.',
      why: 'Which storage is worth our work?',
    }),
    adminEmail: Type.String(),
  },
  { export: true, description: 'The configuration.', why: 'How is the program set up?' },
);

const config = Value.Parse(schema, { port: 8080, storage: 'disk', adminEmail: 'someone@example.org' });

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
