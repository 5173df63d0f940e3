// Prints the resident set size in bytes of a host that has started the library named on the command line, at rest.
import { readFileSync } from 'node:fs';

const [script, endpoint, input] = process.argv.slice(2);
const { configuration, schema } = JSON.parse(readFileSync(input, 'utf8'));
if (script !== 'none') {
  const { start } = await import(`./${script}`);
  await start({ endpoint, configuration, schema });
}
await new Promise((resolve) => setTimeout(resolve, 1000));
globalThis.gc();
globalThis.gc();
process.stdout.write(String(process.memoryUsage.rss()));
process.exit(0);
