import { createUsageReporting } from 'candor';

const schema = {
  type: 'object',
  export: true,
  description: 'The configuration.',
  why: 'How is the program set up?',
  properties: {
    port: {
      type: 'integer',
      minimum: 1,
      maximum: 65_535,
      export: true,
      description: 'The port that is listened on.',
      why: 'Is the usual port kept?',
    },
    storage: {
      enum: ['memory', 'disk'],
      export: true,
      description: 'Where data is kept.',
      why: 'Which storage is worth our work?',
    },
    adminEmail: { type: 'string' },
  },
};

const config = { port: 8080, storage: 'disk', adminEmail: 'someone@example.org' };

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
