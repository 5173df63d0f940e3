// Prints the longest event-loop delay in milliseconds while a host builds and sends its first report; of `none`, while it
// does nothing.
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

// What a host does is keep running; a report alone would not.
setInterval(() => {}, 1000);

const [script, endpoint, input] = process.argv.slice(2);
const { configuration, schema } = JSON.parse(readFileSync(input, 'utf8'));
const host =
  script === 'none'
    ? { report: () => new Promise((resolve) => setTimeout(resolve, 300)) }
    : await (await import(`./${script}`)).start({ endpoint, configuration, schema, due: 600 });
await new Promise((resolve) => setTimeout(resolve, 500));

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
await new Promise((resolve) => setTimeout(resolve, 20));
delay.reset();
await host.report();
await new Promise((resolve) => setTimeout(resolve, 20));
delay.disable();
process.stdout.write(String(delay.max / 1e6));
process.exit(0);
