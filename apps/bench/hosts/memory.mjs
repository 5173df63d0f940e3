// Prints the resident set size in bytes of a host that has started the library named on the command line and rests, with
// `reported` after its first report.
import { readFileSync } from 'node:fs';

// What a host does is keep running; a report alone would not.
setInterval(() => {}, 1000);

const [script, when, endpoint, input] = process.argv.slice(2);
const { configuration, schema } = JSON.parse(readFileSync(input, 'utf8'));
if (script !== 'none') {
  const { start } = await import(`./${script}`);
  const due = when === 'reported' ? 600 : 3_600_000;
  const host = await start({ endpoint, configuration, schema, due });
  if (when === 'reported') await host.report();
}
await new Promise((resolve) => setTimeout(resolve, 1000));
globalThis.gc();
globalThis.gc();
process.stdout.write(String(process.memoryUsage.rss()));
process.exit(0);
