import { readdirSync, readFileSync } from 'node:fs';
import { temporaryDirectory } from '@candor/testing';
import { describe, expect, test } from 'vitest';
import { post, traefikReport } from './support/report.js';
import { runServer } from './support/run-server.js';

const listed = ['--products.traefik.releases', '3.7.9'];

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(pid);
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function count(url: string, total: number): Promise<void> {
  const read = async (): Promise<string[]> => {
    const text = await (await fetch(new URL('/metrics', url))).text();
    return text.split('\n').filter((line) => line.startsWith('candor_batch_reports_total '));
  };
  await expect.poll(read, { timeout: 100_000 }).toEqual([`candor_batch_reports_total ${total}`]);
}

describe('several workers', { timeout: 240_000 }, () => {
  test('take reports on one port, count limits together, and write one store', async () => {
    const data = await temporaryDirectory();
    const server = await runServer(data, '--workers', '3', '--limits.requestsPerMinute', '40', ...listed);
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const headers = { connection: 'close' };
        return (await post(server.url, traefikReport(), headers)).status;
      }),
    );
    expect(statuses.filter((status) => status === 202)).toHaveLength(40);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
    await count(server.url, 40);
    expect((await fetch(new URL('/readyz', server.url))).status).toBe(200);
    expect((await fetch(server.url)).status).toBe(200);
    expect(await server.end('SIGTERM')).toBe(0);
  });

  test('are replaced when one is killed, and what was acknowledged is stored', async () => {
    const data = await temporaryDirectory();
    const server = await runServer(data, '--workers', '2', '--allowBackdating');
    const workers = childrenOf(server.process.pid!);
    expect(workers).toHaveLength(2);
    let accepted = 0;
    const posts = Array.from({ length: 40 }, async () => {
      const answer = await post(server.url, traefikReport(), { connection: 'close' }).catch(() => undefined);
      if (answer?.status === 202) accepted += 1;
    });
    process.kill(workers[0]!, 'SIGKILL');
    await Promise.all(posts);
    await expect.poll(() => childrenOf(server.process.pid!).length, { timeout: 100_000 }).toBe(2);
    expect((await post(server.url, traefikReport())).status).toBe(202);
    expect(await server.end('SIGTERM')).toBe(0);

    const again = await runServer(data);
    const page = await (await fetch(new URL('/v1/products', again.url))).json();
    expect(page).toMatchObject({ products: [{ product: 'traefik' }] });
    expect(accepted).toBeGreaterThan(0);
  });

  test('end when their primary process is killed', async () => {
    const server = await runServer(await temporaryDirectory(), '--workers', '2');
    const workers = childrenOf(server.process.pid!);
    await server.end('SIGKILL');
    const alive = (): number[] => workers.filter((pid) => readdirSync('/proc').includes(String(pid)));
    await expect.poll(alive, { timeout: 100_000 }).toEqual([]);
  });
});
