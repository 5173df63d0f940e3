// A host whose first report is under way to a server that does not answer, and whose second reporter waits on a timer. At a
// line on standard input its own work ends, and it prints when that was (milliseconds since 1970); with `stop` it first stops
// both, and prints how long that took. Of `none`, it reports nothing.
import { readFileSync, writeSync } from 'node:fs';

const [script, what, endpoint, input] = process.argv.slice(2);
const { configuration, schema } = JSON.parse(readFileSync(input, 'utf8'));
const hosts = [];
if (script !== 'none') {
  const { start } = await import(`./${script}`);
  for (const due of [1, 2]) hosts.push(await start({ endpoint, configuration, schema, due }));
}
process.stdin.once('data', async () => {
  const before = performance.now();
  if (what === 'stop') await Promise.all(hosts.map((host) => host.stop()));
  const now = performance.now();
  writeSync(1, String(what === 'stop' ? now - before : performance.timeOrigin + now));
  process.stdin.destroy();
});
if (script === 'none') writeSync(2, 'ready');
