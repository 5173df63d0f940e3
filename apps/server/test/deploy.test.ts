import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { debianProgram, temporaryDirectory } from '@candor/testing';
import { StatefulSet } from 'kubernetes-models/apps/v1';
import { ConfigMap, Service } from 'kubernetes-models/v1';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readSettings } from '../src/index.js';

const path = (name: string): string => fileURLToPath(new URL(`../../../deploy/${name}`, import.meta.url));
const read = (name: string): string => readFileSync(path(name), 'utf8');

test('the Dockerfile passes its linter, and does not run as root', () => {
  const linter = createRequire(import.meta.url).resolve('dockerfilelint/bin/dockerfilelint');
  const output = execFileSync(process.execPath, [linter, '--output', 'json', path('Dockerfile')], {
    encoding: 'utf8',
  });
  expect((JSON.parse(output) as { totalIssues: number }).totalIssues).toBe(0);
  const last = read('Dockerfile')
    .split(/^FROM /m)
    .at(-1)!;
  expect(last).toMatch(/^USER 10001:10001$/m);
});

test('the Kubernetes manifests are what the API takes', () => {
  const kinds = { ConfigMap, Service, StatefulSet };
  const manifests = parseAllDocuments(read('kubernetes.yaml')).map(
    (document) => document.toJS() as { kind: keyof typeof kinds },
  );
  expect(manifests.map(({ kind }) => kind)).toEqual(['ConfigMap', 'Service', 'StatefulSet']);
  for (const manifest of manifests) new kinds[manifest.kind](manifest as never).validate();
});

test('the manifests run the image of this version', () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(read('kubernetes.yaml')).toContain(`image: candor-server:${version}\n`);
});

test('the compose file names images, files and settings that exist', () => {
  const { services } = parse(read('compose.yaml')) as {
    services: Record<string, { environment: Record<string, string>; volumes: string[]; build?: Build }>;
  };
  expect(Object.keys(services)).toEqual(['caddy', 'candor', 'postgres']);
  expect(existsSync(path(`../${services.candor!.build!.dockerfile}`))).toBe(true);
  const mounted = Object.values(services).flatMap(({ volumes }) =>
    volumes.filter((one) => one.startsWith('./')),
  );
  expect(mounted.map((one) => existsSync(path(one.split(':')[0]!)))).toEqual([true, true]);
  const hash = '0'.repeat(64);
  const environment = Object.fromEntries(
    Object.entries(services.candor!.environment).map(([name, value]) => [
      name,
      value.replace(/\$\{CANDOR_TOKEN_HASH[^}]*\}/, hash).replace('/etc/candor/', path('')),
    ]),
  );
  const { settings } = readSettings([], environment);
  expect(settings).toMatchObject({
    store: 'postgres://candor@postgres:5432/candor',
    tokenHashes: [hash],
    trustProxy: 1,
  });
});

interface Build {
  readonly dockerfile: string;
}

test('the systemd unit is one, starts what npm installs, and gives the process little', async () => {
  const unit = join(await temporaryDirectory(), 'candor-server.service');
  const text = read('candor-server.service');
  expect(text).toContain(
    `ExecStart=/usr/bin/node /opt/candor/node_modules/@candor/server/dist/bundle/main.js --config /etc/candor/server.toml\n`,
  );
  // Where this machine has its Node.
  writeFileSync(unit, text.replace('/usr/bin/node', process.execPath));
  const analyze = debianProgram('systemd-analyze', 'systemd');
  execFileSync(analyze, ['verify', unit]);
  // Of 10 in all, times ten; a service without any of its settings has 9.6.
  execFileSync(analyze, ['security', '--offline=true', '--no-pager', '--threshold=20', unit]);
});

test('the example configuration is one', () => {
  expect(readSettings(['--config', path('server.toml')], {}).settings).toMatchObject({ trustProxy: 1 });
});
