import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { packPackages, temporaryDirectory } from '@candor/testing';
import { expect, onTestFinished, test } from 'vitest';

const run = promisify(execFile);

test('the packed tarballs alone are a server that runs', async () => {
  const folder = await temporaryDirectory();
  const tarballs = await packPackages(folder);
  const home = await temporaryDirectory();
  await writeFile(join(home, 'package.json'), '{"private":true}');
  const files = [...tarballs.values()];
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...files], { cwd: home });

  const bin = join(home, 'node_modules/.bin/candor-server');
  const env = { PATH: process.env.PATH ?? '' };
  const child = spawn(bin, ['--data', join(home, 'data'), '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: home,
    env,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exit = once(child, 'exit');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const url = line.replace('Candor is listening on ', '');
  for (const path of ['/healthz', '/readyz', '/metrics', '/openapi.json', '/']) {
    expect([path, (await fetch(new URL(path, url))).status]).toEqual([path, 200]);
  }
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
}, 300_000);
