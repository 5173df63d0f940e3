// Serves one variant of an intake on a free port of loopback, prints the port, and at each line of standard input the
// processor time that it has used, in milliseconds.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { listeners } from './listeners.js';

const [variant, folder] = process.argv.slice(2) as [string, string];
const listen = listeners[variant];
if (listen === undefined) throw new Error(`no intake ${variant}`);
const port = await listen(folder, await mkdtemp(join(tmpdir(), 'candor-bench-intake-')));
process.stdout.write(`${port}\n`);
createInterface(process.stdin).on('line', () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${(user + system) / 1000}\n`);
});
