// A host program with usage reporting in it, as a bundler sees it. It sends one report, uses what is loaded on demand,
// and prints what happened. `HOST_ENDPOINT` and `HOST_STATE` name the collector and the state directory.
import { createUsageReporting } from 'candor';
import * as z from 'zod';

const schema = z
  .object({
    port: z.int().meta({ export: true }),
    note: z.string().meta({ export: 'text' }),
    secret: z.string(),
  })
  .meta({ export: true });

async function main() {
  const usage = createUsageReporting({
    product: 'notes',
    version: '1.4.0',
    schema,
    config: () => ({ port: 8080, note: 'see db.example.com', secret: 'hunter2' }),
    endpoint: process.env.HOST_ENDPOINT,
    consent: process.env.HOST_CONSENT ?? 'on',
    state: process.env.HOST_STATE,
    env: {},
    schedule: { first: 1, interval: 3_600_000, jitter: 0 },
  });
  const events = [];
  const concluded = new Promise((resolve) => {
    usage.subscribe((event) => {
      events.push(event);
      if (['sent', 'retrying', 'dropped', 'disabled'].includes(event.type)) resolve();
    });
  });
  // Usage reporting does not hold a host open.
  const open = setInterval(() => {}, 60_000);
  await usage.start();
  await concluded;
  const commands = {};
  for (const argv of [['status'], ['preview'], ['preview', '--explain'], ['log'], ['help']]) {
    commands[argv.join(' ')] = (await usage.command(argv)).code;
  }
  const page = await usage.fetch(new Request('http://127.0.0.1/usage'));
  await usage.stop();
  clearInterval(open);
  console.log(JSON.stringify({ events, commands, page: page.status }));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
