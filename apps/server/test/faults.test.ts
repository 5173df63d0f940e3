import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { temporaryDirectory } from '@candor/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { post, traefikReport } from './support/report.js';
import { failServer, runServer } from './support/run-server.js';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const rounds = Number(process.env.CANDOR_FAULT_ROUNDS ?? 3);
const generous = ['--limits.requestsPerMinute', '1000000', '--limits.countedPerDay', '1000000'];

type Report = ReturnType<typeof traefikReport>;

/** Sends reports, each over a connection of its own, and returns those that were acknowledged. */
async function sendAll(url: string, reports: readonly Report[]): Promise<Report[]> {
  const answers = await Promise.all(
    reports.map(async (report) => {
      const answer = await post(url, report, { connection: 'close' }).catch(() => undefined);
      return answer?.status === 202 ? [report] : [];
    }),
  );
  return answers.flat();
}

/** How many reports the store counts today and in the days around it. */
async function stored(data: string): Promise<number> {
  const storage = await createSqliteStorage({ path: join(data, 'candor.sqlite') });
  const day = (offset: number): string =>
    new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const { periods } = await storage.count({
    product: 'traefik',
    from: day(-1),
    to: day(1),
    period: 'day',
    unit: 'reports',
    by: 'nothing',
  });
  await storage.close();
  return periods.reduce((sum, { total }) => sum + total, 0);
}

describe('a server that is killed', { timeout: 600_000 }, () => {
  test.each([1, 2])(
    'under load with %i workers stores what it acknowledged, and each report once',
    async (workers) => {
      const data = await temporaryDirectory();
      const args = ['--workers', String(workers), ...generous];
      const sent: Report[] = [];
      let open: Report[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const server = await runServer(data, ...args);
        const fresh = Array.from({ length: 60 }, () => traefikReport());
        sent.push(...fresh);
        const before = await sendAll(server.url, open);
        expect(before).toHaveLength(open.length);
        let acknowledged = 0;
        const answers = fresh.map(async (report) => {
          const [answered] = await sendAll(server.url, [report]);
          if (answered !== undefined && (acknowledged += 1) === 10) server.process.kill('SIGKILL');
          return answered;
        });
        const known = new Set(await Promise.all(answers));
        if (server.process.exitCode === null && server.process.signalCode === null)
          await server.end('SIGKILL');
        open = fresh.filter((report) => !known.has(report));
        expect(known.size).toBeGreaterThanOrEqual(10);
      }
      // What was not acknowledged may be stored or not; sent again, it counts once.
      const last = await runServer(data, ...args);
      expect(await sendAll(last.url, open)).toHaveLength(open.length);
      expect(await last.end('SIGTERM')).toBe(0);
      expect(await stored(data)).toBe(sent.length);
    },
  );
});

describe('a damaged store', () => {
  const filled = async (): Promise<{ data: string; file: string }> => {
    const data = await temporaryDirectory();
    const server = await runServer(data, ...generous);
    const reports = Array.from({ length: 40 }, () => traefikReport());
    expect(await sendAll(server.url, reports)).toHaveLength(40);
    expect(await server.end('SIGTERM')).toBe(0);
    return { data, file: join(data, 'candor.sqlite') };
  };

  test.each<[string, (file: string) => void]>([
    ['with a header that was overwritten', (file) => overwrite(file, 0)],
    ['with a page that was overwritten', (file) => overwrite(file, 4096 * 2)],
    ['that was cut off', (file) => truncateSync(file, statSync(file).size - 4096)],
  ])('%s is refused, and the message says what to do', async (_, damage) => {
    const { data, file } = await filled();
    damage(file);
    const { code, output } = await failServer('--data', data, '--listen', '127.0.0.1:0');
    expect(code).toBe(1);
    expect(output).toMatch(/damaged|another program|not a SQLite database/);
    expect(output).not.toMatch(/\bat \S+:\d+/);
  });
});

function overwrite(file: string, at: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(512, 0xa5), 0, 512, at);
  closeSync(descriptor);
}

/** A server whose data folder is a small file system of its own, which `order` fills, frees, or asks about. */
async function onSmallDisk(): Promise<{ url: string; order: (name: string) => Promise<void>; data: string }> {
  const data = await temporaryDirectory();
  const script = `
    mount -t tmpfs -o size=48m tmpfs "$1" || exit 9
    node "$2" --data "$1" --listen 127.0.0.1:0 --traefik --logLevel error ${generous.join(' ')} &
    while read order; do
      case $order in
        fill) dd if=/dev/zero of="$1/filler" bs=64k 2>/dev/null ;;
        free) rm "$1/filler" ;;
        end) kill -TERM $!; wait $!; cp "$1"/candor.sqlite* "$3" ;;
      esac
      echo "done $order"
    done`;
  const copy = await temporaryDirectory();
  const child = spawn('unshare', ['--map-root-user', '--mount', 'sh', '-c', script, 'sh', data, main, copy], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH ?? '' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const line = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const [text] = (await once(lines, 'line')) as [string];
      const found = pattern.exec(text)?.[1];
      if (found !== undefined) return found;
    }
  };
  const url = await line(/listening on (\S+)/);
  return {
    url,
    data: copy,
    async order(name) {
      const done = line(new RegExp(`^done (${name})`));
      child.stdin.write(`${name}\n`);
      await done;
    },
  };
}

test('a full disk is answered with 503, is not ready, and loses nothing that was acknowledged', async () => {
  const { url, order, data } = await onSmallDisk();
  let acknowledged = (
    await sendAll(
      url,
      Array.from({ length: 20 }, () => traefikReport()),
    )
  ).length;
  expect(acknowledged).toBe(20);
  await order('fill');
  let refused: Response | undefined;
  // The file that the database keeps ahead has room for a few more.
  for (let times = 0; times < 400 && refused === undefined; times += 1) {
    const answer = await post(url, traefikReport());
    if (answer.status === 202) acknowledged += 1;
    else refused = answer;
  }
  expect([refused?.status, refused?.headers.get('retry-after')]).toEqual([503, '300']);
  expect((await fetch(new URL('/readyz', url))).status).toBe(503);
  expect((await fetch(new URL('/healthz', url))).status).toBe(200);
  await order('free');
  const answer = await post(url, traefikReport());
  expect(answer.status).toBe(202);
  expect((await fetch(new URL('/readyz', url))).status).toBe(200);
  await order('end');
  expect(readdirSync(data)).toContain('candor.sqlite');
  expect(await stored(data)).toBe(acknowledged + 1);
}, 120_000);
