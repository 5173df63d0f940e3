import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from '../frame/bench.js';
import { versionsOf } from '../frame/peers.js';
import { installAll } from './install.js';
import { measureAll } from './measure.js';
import { subjects } from './subjects.js';
import { remarksOf, rowsOf } from './table.js';
import { workload } from './workload.js';

/** What Candor costs the program that hosts it, beside libraries that also send data from a server. */
export const reporterBench: Bench = {
  name: 'reporter',
  title: 'The reporter in a host',
  async run({ rounds, progress }) {
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
    progress('reporter: installing each library on its own');
    const installed = await installAll(subjects);
    const raw = await measureAll(installed, { endpoint, input }, rounds, (round) => {
      progress(`reporter: round ${round + 1} of ${rounds}`);
    });
    server.close();
    return {
      columns: [...subjects.map(({ name }) => name), 'ratio to the lightest peer'],
      rows: rowsOf(raw),
      remarks: remarksOf(raw),
      versions: versionsOf(subjects.flatMap(({ install }) => install)),
      raw,
    };
  },
};
