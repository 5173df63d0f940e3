// A host program with usage reporting in it; prints what was opened between its creation and its end: files, sockets, timers,
// threads, modules. Its one argument is the consent.
import { createHook } from 'node:async_hooks';
import fs, { writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createUsageReporting } from 'candor';

const [, , consent, state] = process.argv;
const schema = { type: 'object', export: true, properties: { port: { type: 'integer', export: true } } };
const opened = new Set();
for (const [name, call] of Object.entries(fs)) {
  if (typeof call !== 'function' || !name.endsWith('Sync') || name === 'writeSync') continue;
  fs[name] = (...args) => {
    opened.add(name);
    return call(...args);
  };
}
syncBuiltinESMExports();
// Reporting does not hold a host open.
const open = setInterval(() => {}, 60_000);
const own = ['PROMISE', 'TickObject', 'Microtask', 'Immediate'];
createHook({ init: (_id, type) => void (own.includes(type) || opened.add(type)) }).enable();

const usage = createUsageReporting({
  product: 'notes',
  version: '1.4.0',
  schema,
  config: () => ({ port: 8080 }),
  endpoint: 'https://usage.example.org/v1/reports',
  consent,
  state,
  features: ['sso'],
  factsSchema: schema,
  env: {},
  schedule: { first: 1 },
});
usage.markFeatureUsed('sso');
usage.setFacts({ port: 80 });
await usage.start();
usage.markFeatureUsed('sso');
if (consent === 'local') {
  await new Promise((resolve) => usage.subscribe(({ type }) => type === 'written' && resolve()));
}
await usage.stop();
clearInterval(open);
writeSync(1, JSON.stringify([...opened]));
