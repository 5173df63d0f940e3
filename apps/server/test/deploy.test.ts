import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
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

test('the compose file names images, folders and settings that exist', () => {
  const { services } = parse(read('compose.yaml')) as {
    services: Record<string, { image?: string; environment: Record<string, string> }>;
  };
  expect(Object.keys(services)).toEqual(['caddy', 'candor', 'postgres']);
  const hash = '0'.repeat(64);
  const environment = Object.fromEntries(
    Object.entries(services.candor!.environment).map(([name, value]) => [
      name,
      value.replace(/\$\{CANDOR_TOKEN_HASH[^}]*\}/, hash).replace(/\$\{POSTGRES_PASSWORD[^}]*\}/, 'secret'),
    ]),
  );
  const { settings } = readSettings([], environment);
  expect(settings).toMatchObject({
    store: 'postgres://candor:secret@postgres:5432/candor',
    tokenHashes: [hash],
    trustProxy: 1,
  });
  expect(existsSync(path('Caddyfile'))).toBe(true);
});

test('the example configuration is one', () => {
  expect(readSettings(['--config', path('server.toml')], {}).settings).toMatchObject({ trustProxy: 1 });
});
