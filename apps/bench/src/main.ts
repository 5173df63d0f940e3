import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installAll } from './install.js';
import { measureAll } from './measure.js';
import { renderTable } from './table.js';
import { subjects } from './subjects.js';
import { workload } from './workload.js';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, out: { type: 'string' } },
});
const rounds = Number(values.rounds);
if (!Number.isSafeInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number from 1');

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(202, { 'content-type': 'application/json' }).end('{}');
  });
});
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const input = join(await mkdtemp(join(tmpdir(), 'candor-bench-input-')), 'input.json');
await writeFile(input, JSON.stringify(workload()));

console.error('Installing each subject on its own …');
const installed = await installAll(subjects);
const run = await measureAll(installed, { endpoint, input }, rounds, (round) => {
  console.error(`Round ${round + 1} of ${rounds} …`);
});
server.close();

const machine = {
  node: process.version,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  load: loadavg()[0],
  rounds,
};
console.log(renderTable(run));
console.log(JSON.stringify({ machine, ...run }));
if (values.out !== undefined) {
  await writeFile(values.out, `${JSON.stringify({ machine, ...run }, null, 2)}\n`);
}
