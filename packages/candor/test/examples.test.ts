import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseReport } from '@candor/protocol';
import { temporaryDirectory } from '@candor/testing';
import { beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../examples/', import.meta.url));
const tsc = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));

describe('the examples', () => {
  beforeAll(async () => {
    await run(process.execPath, [tsc, '-p', folder]);
  });

  it.each(['zod', 'valibot', 'arktype', 'typebox', 'json-schema'])(
    '%s: compiles, runs and reports',
    async (name) => {
      const env = { PATH: process.env['PATH'], HOME: await temporaryDirectory() };
      const { stdout, stderr } = await run(process.execPath, [`${folder}dist/${name}/main.js`], { env });
      expect(stderr).toBe('');
      const { report } = parseReport(JSON.parse(stdout));
      expect(report).toMatchObject({ product: 'notes', version: '1.4.0' });
      expect(report?.configuration).toEqual({ port: 8080, storage: 'disk', adminEmail: 'xxxx' });
    },
  );
});
