import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { clickHouseForTests, postgresForTests, temporaryDirectory } from '@candor/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { countedReports, generous, sendAll } from './support/load.js';
import { post, traefikReport } from './support/report.js';
import { failServer, runServer, runServerAhead, storeUrl } from './support/run-server.js';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

type Report = ReturnType<typeof traefikReport>;

describe('a server that is killed', { timeout: 900_000 }, () => {
  const postgres = postgresForTests();
  const clickhouse = clickHouseForTests();

  test.each<[string, number, number, () => Promise<string[]>]>([
    ['SQLite', 1, 5, async () => []],
    ['SQLite', 2, 3, async () => []],
    ['PostgreSQL', 1, 5, async () => ['--store', await postgres.createDatabase()]],
    ['PostgreSQL', 2, 3, async () => ['--store', await postgres.createDatabase()]],
    ['ClickHouse', 1, 3, async () => ['--store', storeUrl(clickhouse)]],
  ])(
    'under load, on %s with %i workers, %i times, stores what it acknowledged, and each report once',
    async (_, workers, rounds, store) => {
      const data = await temporaryDirectory();
      const args = ['--workers', String(workers), ...generous, ...(await store())];
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
      expect(await countedReports(last.url)).toBe(sent.length);
      expect(await last.end('SIGTERM')).toBe(0);
      expect(await countedReports((await runServer(data, ...args)).url)).toBe(sent.length);
    },
  );
});

describe('a clock that is wrong', { timeout: 600_000 }, () => {
  const postgres = postgresForTests();
  const clickhouse = clickHouseForTests();

  test.each<[string, () => Promise<string[]>]>([
    ['SQLite', async () => []],
    ['PostgreSQL', async () => ['--store', await postgres.createDatabase()]],
    ['ClickHouse', async () => ['--store', storeUrl(clickhouse)]],
  ])('forward and back, by two days and by forty, costs no report on %s', async (_, store) => {
    const data = await temporaryDirectory();
    const args = [...generous, ...(await store())];
    let sent = 0;
    for (const days of [0, 2, 0, -2, 40, 0]) {
      const server = await runServerAhead(days, data, ...args);
      const reports = Array.from({ length: 5 }, () => traefikReport());
      expect(await sendAll(server.url, reports)).toHaveLength(5);
      sent += 5;
      expect(await countedReports(server.url, 41)).toBe(sent);
      expect(await server.end('SIGTERM')).toBe(0);
    }
  });
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
  expect(await countedReports((await runServer(data)).url)).toBe(acknowledged + 1);
});
