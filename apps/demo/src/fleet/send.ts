import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Report } from '@candor/protocol';
import pMap from 'p-map';
import { Pool } from 'undici';
import { DemoError } from '../demo-error.js';

const compress = promisify(gzip);

/** How many requests run at once, each on its own connection. */
const concurrency = 64;

/** Posts reports to one server. */
export interface Sender {
  /** Posts reports as received on `day`. Rejects with `ERR_REPORT` for the first one that is not accepted. */
  send(day: string, reports: readonly Report[], signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Creates a sender to a server; many thousand requests take half the time that `fetch` takes. */
export function createSender(url: string): Sender {
  const pool = new Pool(url, { connections: concurrency });
  const post = async (day: string, report: Report): Promise<void> => {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/v1/reports',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', 'candor-received': day },
      body: await compress(JSON.stringify(report)),
    });
    const answer = await body.text();
    if (statusCode === 202) return;
    throw new DemoError('ERR_REPORT', `A report of ${day} was answered with ${statusCode}: ${answer}`);
  };
  return {
    send: async (day, reports, signal) => {
      await pMap(reports, async (report) => await post(day, report), { concurrency, signal });
    },
    close: async () => await pool.destroy(),
  };
}
