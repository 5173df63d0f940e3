import { temporaryDirectory } from '@candor/testing';
import { expect, it } from 'vitest';
import type { UsageEvent, UsageReportingOptions } from '../src/index.js';
import { createUntyped, hostOptions } from './support/host.js';

const secret = 'postgres://admin:hunter2@db';

/** Errors of a host that look like ours as far as they can: by name, by code, by both. */
const foreign = [
  'Error',
  'CandorError',
  'ReporterError',
  'ConfigError',
  'SchemaError',
  'HasherError',
].flatMap((name) =>
  [undefined, 'ERR_OPTION', 'ERR_REPORT_INVALID', secret].map((code) => {
    const error = Object.assign(new Error(secret), { code });
    Object.defineProperty(error, 'name', { value: name });
    return [name, code === secret ? 'a secret' : String(code), error] as const;
  }),
);

function fail(error: Error): () => never {
  return () => {
    throw error;
  };
}

const ways: [string, (error: Error) => Partial<UsageReportingOptions>][] = [
  ['config()', (error) => ({ config: fail(error) })],
  ['facts()', (error) => ({ facts: fail(error) })],
  ['the store', (error) => ({ state: { read: fail(error), compareAndSet: fail(error) } })],
  ['the transport', (error) => ({ transport: fail(error) })],
  ['the logger', (error) => ({ logger: { info: fail(error), warn: fail(error) } })],
];

it.each(foreign)(
  'nothing shows the text of a foreign error: %s with the code %s',
  async (_name, _code, error) => {
    for (const [door, options] of ways) {
      const base = hostOptions('https://127.0.0.1:9/v1/reports', await temporaryDirectory());
      const factsSchema = {
        type: 'object',
        export: true,
        properties: { cores: { type: 'integer', export: true } },
      };
      const usage = createUntyped({ ...base, factsSchema, ...options(error) });
      const shown: unknown[] = [];
      usage.subscribe((event: UsageEvent) => void shown.push(event));
      for (const argv of [
        ['status'],
        ['preview'],
        ['preview', '--explain'],
        ['log'],
        ['report-now'],
        ['export'],
        ['off'],
      ]) {
        shown.push(await usage.command(argv));
      }
      for (const accept of ['text/html', 'application/json']) {
        const page = await usage.fetch(new Request('http://127.0.0.1/usage', { headers: { accept } }));
        shown.push(await page.text());
      }
      expect(JSON.stringify(shown), door).not.toContain('hunter2');
    }
  },
);
