import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort, temporaryDirectory } from '@candor/testing';
import { expect, onTestFinished, test } from 'vitest';
import { run } from './support/run.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const dockerfile = readFileSync(join(root, 'deploy/Dockerfile'), 'utf8').replaceAll(/\\\n\s*/g, '');
const [buildStage = '', lastStage = ''] = dockerfile.split(/^FROM .*\n/m).slice(1);

/** The arguments of an instruction that the last stage has once. */
function argumentOf(instruction: string): string {
  return new RegExp(`^${instruction} (.*)$`, 'm').exec(lastStage)?.[1] ?? '';
}

test("the image's own steps, done in a folder, make a server that runs as its user", async () => {
  const folder = await temporaryDirectory();
  const inFolder = (text: string): string => text.replaceAll(/(?<![\w.])\/(src|app|data)\b/g, `${folder}/$1`);

  let cwd = folder;
  for (const line of buildStage.split('\n')) {
    const [, instruction, rest = ''] = /^(\w+) (.*)$/.exec(line) ?? [];
    if (instruction === 'WORKDIR') {
      cwd = inFolder(rest);
      mkdirSync(cwd, { recursive: true });
    } else if (instruction === 'COPY') {
      expect(rest).toBe('. .');
      copySources(cwd);
    } else if (instruction === 'RUN') {
      await run('sh', ['-ec', inFolder(rest)], { cwd });
    } else expect(line).toBe('');
  }

  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const [uid, gid] = argumentOf('USER').split(':').map(Number) as [number, number];
  const user = process.getuid?.() === 0 ? { uid, gid } : {};
  if (user.uid !== undefined) {
    chmodSync(folder, 0o755);
    chownSync(data, uid, gid);
  }
  const environment = [...argumentOf('ENV').matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [
    name,
    inFolder(value),
  ]);
  const port = await freePort();
  const env = Object.fromEntries(environment) as Record<string, string>;
  env.PATH = `${env.PATH}:${dirname(process.execPath)}`;
  env.CANDOR_SERVER_LISTEN = env.CANDOR_SERVER_LISTEN!.replace('7390', String(port));
  const [command = '', ...args] = JSON.parse(argumentOf('ENTRYPOINT')) as string[];
  const server = spawn(command, args, {
    ...user,
    cwd: join(folder, 'app'),
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void server.kill('SIGKILL'));
  const exit = once(server, 'exit');
  const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
  expect(line).toBe(`Candor is listening on http://0.0.0.0:${port}`);

  const inside = (program: string, ...more: string[]): string =>
    execFileSync(program, more, { ...user, cwd: join(folder, 'app'), env, encoding: 'utf8' });
  const [, check = '[]'] = /CMD (\[.*\])/.exec(argumentOf('HEALTHCHECK')) ?? [];
  expect(inside(...(JSON.parse(check) as [string, ...string[]]))).toBe('ready\n');
  const list = join(folder, 'app/node_modules/@candor/traefik/fields/traefik-v2.fields.json');
  // As the guide does it in a container.
  const added = inside('sh', '-c', `candor-server product add notes /dev/stdin < ${list}`);
  expect(added).toContain(`${data}/products/notes/`);
  server.kill(/^STOPSIGNAL (\w+)$/m.exec(lastStage)?.[1] as NodeJS.Signals);
  expect(await exit).toEqual([0, null]);
}, 900_000);

/** Copies what is in the repository, or would be with the next commit, but for what `Dockerfile.dockerignore` leaves out. */
function copySources(to: string): void {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of listed.split('\0').filter(Boolean)) {
    cpSync(join(root, file), join(to, file), { recursive: true, force: true });
  }
}
