import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CountResult } from '@candor/protocol';
import { describeConformance, temporaryDirectory } from '@candor/testing';
import { expect, test } from 'vitest';
import { runServer } from './support/run-server.js';

interface Case {
  readonly started?: { readonly report?: string; readonly hash: string };
}

describeConformance('bodies that real Traefik builds post', 'traefik', (data) => {
  test('are taken, stored without their hash or planted secrets, and shown', async () => {
    const folder = await temporaryDirectory();
    // Back-dating comes with no limits, and all of these come from one address.
    const server = await runServer(folder, '--allowBackdating');
    const sent = ['v2.11', 'v3.7']
      .flatMap((version) => ['edge', 'generated', 'published'].map((file) => `${version}/${file}.jsonl`))
      .flatMap((file) => data.jsonl(file) as Case[])
      .flatMap(({ started }) => (started?.report === undefined ? [] : [started]));
    expect(sent.length).toBeGreaterThan(400);
    for (const { report } of sent) {
      const headers = { 'content-type': 'application/json; charset=utf-8' };
      const url = new URL('/v1/products/traefik/reports', server.url);
      const response = await fetch(url, { method: 'POST', headers, body: report ?? null });
      expect(response.status).toBe(202);
    }

    const today = new Date().toISOString().slice(0, 10);
    const ask = async (by: string): Promise<CountResult> => {
      const search = `from=${today}&to=${today}&unit=reports&by=${by}&path=providers.docker`;
      return (await (
        await fetch(new URL(`/v1/products/traefik/count?${search}`, server.url))
      ).json()) as CountResult;
    };
    expect((await ask('version')).periods[0]?.counts).toEqual([{ version: 'dev', count: sent.length }]);
    const [day] = (await ask('path')).periods;
    expect(day?.total).toBe(sent.length);
    expect(day?.counts[0]).toMatchObject({ path: 'providers.docker', value: true });
    expect(await (await fetch(new URL('/features?period=day', server.url))).text()).toContain(
      'providers.docker',
    );

    expect(await server.end('SIGTERM')).toBe(0);
    const stored = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
    const planted = [
      'hunter2',
      's3cr3t',
      'xoxb-',
      'AKIA',
      'ghp_',
      'eyJhbGci',
      'example.org',
      'prod.acme',
      '10.1.2.3',
    ];
    for (const text of planted) expect(stored.includes(text), text).toBe(false);
    for (const { hash } of sent) expect(stored.includes(hash)).toBe(false);
  });
});
