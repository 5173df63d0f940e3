import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** The built demo as a process, with a folder of its own for what it puts into the temporary folder. */
function startDemo(...args: string[]): {
  process: ReturnType<typeof spawn>;
  temporary: string;
  output: () => string;
  ended: Promise<number | null>;
} {
  const temporary = mkdtempSync(join(tmpdir(), 'candor-test-'));
  const child = spawn(process.execPath, [main, ...args], {
    // What would turn a client off must not change what the demo shows.
    env: { TMPDIR: temporary, NO_COLOR: '1', CI: 'true', DO_NOT_TRACK: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(temporary, { recursive: true, force: true });
  });
  const ended = once(child, 'close').then(() => child.exitCode);
  return { process: child, temporary, output: () => output, ended };
}

test('the demo shows the whole path and ends with 0', async () => {
  const demo = startDemo('--exit', '--installations', '30');
  const code = await demo.ended;
  const output = demo.output();
  expect(code, output).toBe(0);
  expect(output).toContain('endpoint = "tcp://10.10.10.10:2375" *   endpoint = "xxxx"');
  expect(output).toMatch(/Report [\da-f]{12}… was accepted \(202\)/);
  expect(output).toMatch(/entryPoints\.\*\.address +":80"/);
  expect(output).toMatch(/providers\.docker\.tls\.insecureSkipVerify +masked/);
  expect(output).toMatch(/installations sent \d+ reports over 3\d days/);
  expect(output).toMatch(/Dashboard +http:\/\/127\.0\.0\.1:\d+\//);
  expect(output).not.toContain('\u001B[');
  for (const line of output.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect(readdirSync(demo.temporary)).toEqual([]);
});

test('Ctrl-C ends it with everything that it started', async () => {
  const demo = startDemo('--installations', '3');
  const lines = createInterface({ input: demo.process.stdout! });
  let url = '';
  for await (const line of lines) {
    url = /Dashboard +(\S+)/.exec(line)?.[1] ?? url;
    if (line.startsWith('Press Ctrl-C')) break;
  }
  expect(await (await fetch(url)).text()).toContain('Active installations');
  demo.process.kill('SIGINT');
  expect(await demo.ended, demo.output()).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
  expect(readdirSync(demo.temporary)).toEqual([]);
});

test('a closed terminal ends it midway with everything that it started', async () => {
  const demo = startDemo('--installations', '2000');
  for await (const line of createInterface({ input: demo.process.stdout! })) {
    if (line.startsWith('What the server stored')) break;
  }
  demo.process.kill('SIGHUP');
  expect(await demo.ended, demo.output()).toBe(130);
  expect(readdirSync(demo.temporary)).toEqual([]);
});

test('a bad option ends it with 1 before anything is started', async () => {
  const demo = startDemo('--instalations', '3');
  expect(await demo.ended).toBe(1);
  expect(demo.output()).toContain('Usage: npm run demo');
});
