import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Report } from '@candor/protocol';
import pMap from 'p-map';
import { DemoError } from '../demo-error.js';

const compress = promisify(gzip);

/** Requests under way at once. */
const concurrency = 32;

/** Posts reports over HTTP as received on `day`. Throws `ERR_REPORT` for the first that is not accepted. */
export async function sendReports(
  endpoint: URL,
  day: string,
  reports: readonly Report[],
  signal: AbortSignal,
): Promise<void> {
  await pMap(
    reports,
    async (report) => {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
          'candor-received': day,
        },
        body: await compress(JSON.stringify(report)),
      });
      const answer = await response.text();
      if (response.status !== 202) {
        throw new DemoError(
          'ERR_REPORT',
          `A report of ${day} was answered with ${response.status}: ${answer}`,
        );
      }
    },
    { concurrency, signal },
  );
}
