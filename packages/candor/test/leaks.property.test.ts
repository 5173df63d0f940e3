import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startCollector, temporaryDirectory } from '@candor/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { UsageEvent } from '../src/index.js';
import { createUntyped, hostOptions, schema, sendOne } from './support/host.js';

// Plain words, so that no scrubbing comes to the rescue.
const secret = fc.stringMatching(/^hunter[a-z]{8}$/);
const address = fc.uuid().map((id) => `${id}@mail-${id}.example.org`);
const anything = (text: fc.Arbitrary<string>): fc.Arbitrary<unknown> =>
  fc.anything({ values: [text, fc.integer(), fc.boolean()], key: text, maxDepth: 3 });

/** Values where the schema wants them, and in every place that it does not know or tag. */
const planted = fc.record({
  port: fc.oneof(fc.integer({ min: 1, max: 65_535 }), anything(secret)),
  note: fc.oneof(
    address,
    anything(secret).filter((value) => typeof value !== 'string'),
  ),
  secret: anything(secret),
  sites: fc.oneof(
    fc.dictionary(secret, fc.record({ tls: anything(secret), key: anything(secret) })),
    anything(secret),
  ),
  undeclared: anything(secret),
});

const facts = {
  type: 'object',
  export: true,
  properties: { cores: { type: 'integer', export: { bucket: [2, 8] } }, host: { type: 'string' } },
};

const page = 'http://gateway/usage';

it('lets no planted text out: not on the wire, in events, answers, errors, pages or files', async () => {
  await fc.assert(
    fc.asyncProperty(planted, anything(secret), secret, async (config, host, thrown) => {
      const collector = await startCollector();
      const state = await temporaryDirectory();
      const out: unknown[] = [];
      const events: UsageEvent[] = [];
      let isBroken = false;
      const usage = createUntyped({
        ...hostOptions(collector.url, state),
        config: () => {
          if (isBroken) throw Object.assign(new Error(thrown), { code: thrown, name: thrown });
          return config;
        },
        factsSchema: facts,
        features: ['sso'],
        deny: [thrown],
      });
      usage.subscribe((event) => events.push(event));
      usage.setFacts({ cores: host, host, [thrown]: host });
      usage.markFeatureUsed(thrown as 'sso');
      out.push(await sendOne(usage, collector));

      const look = async (): Promise<void> => {
        for (const argv of [
          ['status'],
          ['preview'],
          ['preview', '--raw'],
          ['log', '--json'],
          [thrown],
          ['log', thrown],
          ['send', join(state, thrown)],
          ['endpoint', thrown],
          ['export'],
        ]) {
          out.push(await usage.command(argv));
        }
        for (const accept of ['text/html', 'application/json']) {
          out.push(await (await usage.fetch(new Request(page, { headers: { accept } }))).text());
        }
        out.push(await usage.status(), usage.notice());
      };
      await look();
      isBroken = true;
      out.push(await usage.preview().catch((error: Error) => `${error.stack} ${String(error.cause)}`));
      await look();

      for (const name of await readdir(state)) out.push(name, await readFile(join(state, name), 'utf8'));
      const all = JSON.stringify([out, events, collector.received]);
      expect(collector.received).toHaveLength(1);
      expect(all.match(/.{0,30}(?:hunter|@mail-).{0,30}/g) ?? []).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

it('shows the keys of the operator in an explanation, and no value that does not leave', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), secret), async (sites) => {
      const config = {
        secret: 'hunter2',
        sites: Object.fromEntries(Object.entries(sites).map(([name, key]) => [name, { key }])),
      };
      const usage = createUntyped({
        ...hostOptions('https://usage.example/v1/reports', await temporaryDirectory()),
        schema,
        config: () => config,
      });
      const { code, output } = await usage.command(['preview', '--explain']);
      expect(code).toBe(0);
      for (const name of Object.keys(sites)) expect(output).toContain(`sites.${name}`);
      expect(output).not.toContain('hunter2');
    }),
    { numRuns: 30 },
  );
});
