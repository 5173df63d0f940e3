import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packPackages, temporaryDirectory } from '@candor/testing';
import { expect, onTestFinished, test } from 'vitest';
import { run } from './support/run.js';

test('the first steps lead from an empty folder to a page with the report', async () => {
  const home = await temporaryDirectory();
  const tarballs = [...(await packPackages(await temporaryDirectory())).values()];
  await writeFile(join(home, 'package.json'), '{"private":true}');
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs], { cwd: home });
  const env = { PATH: process.env.PATH ?? '', HOME: home };
  const url = await serve(home, env);
  const page = async (path: string): Promise<string> => (await fetch(new URL(path, url))).text();

  const steps = await page('/');
  expect(steps).toContain('No product is registered yet');
  const ran: string[] = [];
  for (const [, attribute = '', file = '', code = ''] of steps.matchAll(
    /<pre (data-file="([^"]+)"|data-run)><code>([^]*?)<\/code>/g,
  )) {
    if (attribute !== 'data-run') {
      await writeFile(join(home, file), unescaped(code));
      continue;
    }
    for (const line of unescaped(code).split('\n')) {
      // What is on the registry is another release than this one.
      if (line === 'npm install candor') continue;
      ran.push(line);
      const output = await run('sh', ['-ec', line], { cwd: home, env });
      if (line.endsWith(' usage preview')) {
        expect(output).toContain('dark');
        expect(output).not.toContain('someone@example.org');
      }
      if (line.includes(' product add ')) {
        await expect.poll(() => page('/'), { timeout: 30_000 }).toContain('<bdi>my-program</bdi>');
      }
    }
  }
  expect(ran.map((line) => line.split(' ').at(-1))).toEqual([
    '--write',
    'candor.fields.json',
    'preview',
    'on',
    'doctor',
    'report-now',
  ]);
  expect(await page('/?product=my-program&period=day')).toContain('Active installations');
  expect(await page('/explore?product=my-program&period=day')).toContain('theme');
  expect(await page('/first-steps')).toContain('<bdi>my-program</bdi>');
}, 600_000);

/** Starts the installed server on a free port and resolves to its address. */
async function serve(cwd: string, env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(
    join(cwd, 'node_modules/.bin/candor-server'),
    ['--data', join(cwd, 'the data'), '--listen', '127.0.0.1:0'],
    { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const [printed] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return /http:\S+/.exec(printed)?.[0] ?? '';
}

function unescaped(html: string): string {
  const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return html.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => signs[name] ?? '');
}
