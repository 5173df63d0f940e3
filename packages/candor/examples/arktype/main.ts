import { type } from 'arktype';
import { createUsageReporting } from 'candor';

declare global {
  interface ArkEnv {
    meta(): { export?: true; why?: string };
  }
}

const schema = type({
  port: type('1 <= number.integer <= 65535').configure(
    { export: true, description: 'The port that is listened on.', why: 'Is the usual port kept?' },
    'self',
  ),
  storage: type("'memory' | 'disk'").configure(
    { export: true, description: 'Where data is kept.', why: 'Which storage is worth our work?' },
    'self',
  ),
  adminEmail: 'string',
}).configure({ export: true, description: 'The configuration.', why: 'How is the program set up?' }, 'self');

const config = schema.assert({ port: 8080, storage: 'disk', adminEmail: 'someone@example.org' });

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
