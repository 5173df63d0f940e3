import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load } from '@candor/config';
import { fieldTree } from '@candor/schema';
import type { JsonSchema } from '@candor/schema';
import { describeConformance } from '@candor/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { traefikRules } from '../src/index.js';
import { versions } from './support/cases.js';
import { sourceOf } from './support/loading.js';
import type { LoadingCase } from './support/loading.js';

const files = { v2: 'traefik-v2', v3: 'traefik-v3' } as const;

function schemaFile(name: string): JsonSchema {
  return JSON.parse(readFileSync(new URL(`../schemas/${name}.json`, import.meta.url), 'utf8')) as JsonSchema;
}

function ajv(): Ajv2020 {
  // Our own keywords and formats stand beside the standard ones.
  return new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
}

describe.each(versions)('the schemas of $name', ({ name, asShipped, corrected }) => {
  it('are the same as files and as modules', () => {
    expect(schemaFile(`${files[name]}.as-shipped`)).toEqual(asShipped);
    expect(schemaFile(files[name])).toEqual(corrected);
  });

  it.each([`${files[name]}.as-shipped`, files[name]])('%s is valid JSON Schema 2020-12', (file) => {
    const validator = ajv();
    expect(validator.validateSchema(schemaFile(file) as object), JSON.stringify(validator.errors)).toBe(true);
  });

  it('lets an editor find what is wrong', () => {
    const validate = ajv().compile(corrected as object);
    expect(validate({ log: { level: 'DEBUG' }, api: {}, http: { routers: {} } })).toBe(true);
    expect(validate({ log: { levle: 'DEBUG' } })).toBe(false);
    expect(validate({ providers: {} })).toBe(false);
    expect(validate({ providers: { providersThrottleDuration: 5 } })).toBe(true);
    expect(validate({ providers: { providersThrottleDuration: '5 days' } })).toBe(false);
  });
});

describeConformance('schemas and the types of the program', 'traefik', (data) => {
  it('are in step', () => {
    const script = fileURLToPath(new URL('../scripts/generate.js', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [script, data.path, '--check'], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it.each(versions)(
    'of $name take every configuration that the program takes',
    ({ name, folder, asShipped, corrected }) => {
      const place = fieldTree(asShipped);
      const validate = ajv().compile(corrected as object);
      let taken = 0;
      for (const kind of ['published', 'generated', 'edge']) {
        for (const one of data.jsonl(`${folder}/${kind}.jsonl`) as LoadingCase[]) {
          if (!one.accepted) continue;
          const source = sourceOf(one);
          const input = 'text' in source ? { text: source } : source;
          const written = writtenOf({ schema: place, ...traefikRules, ...input });
          if (written === undefined) continue;
          validate(written);
          // What was switched off (`--providers.docker=false`) may leave its section empty.
          const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'minProperties');
          expect(errors, `${name} ${one.id}`).toEqual([]);
          taken += 1;
        }
      }
      expect(taken).toBeGreaterThan(1000);
    },
  );
});

/** Undefined for the few that ours refuses, which `loading.test.ts` counts. */
function writtenOf(options: Parameters<typeof load>[0]): unknown {
  try {
    return load(options).written;
  } catch {
    return undefined;
  }
}
