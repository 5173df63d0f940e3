import { deepStrictEqual, notDeepStrictEqual } from 'node:assert/strict';
import { createAnonymizer } from '@candor/anonymizer';
import type { Json, JsonSchema } from '@candor/schema';
import { traefikV2, traefikV2AsShipped } from '@candor/traefik';
import { defineComparison, type Comparison, type Variant } from '../frame/comparison.js';
import { traefikConfiguration } from '../workload/traefik.js';
import { generateCopier } from './generate-copier.js';

interface Work {
  readonly schema: JsonSchema;
  readonly configuration: Json;
}

type Redact = (options: { paths: string[]; censor: string; serialize: boolean }) => Redactor;

interface Redactor {
  (value: unknown): unknown;
  restore?(value: unknown): unknown;
}

/** Anonymizing with scrubbing, beside copying alone, and beside libraries that are told which paths to hide. */
export const anonymizeComparison: Comparison = defineComparison<Work>({
  name: 'anonymize',
  title: 'Anonymizing a Traefik configuration of 320 leaves',
  peers: ['@pinojs/redact@0.4.0', 'fast-redact@3.5.0'],
  cases: {
    'default schema': () => ({ schema: traefikV2, configuration: traefikConfiguration() }),
    'schema as shipped': () => ({ schema: traefikV2AsShipped, configuration: traefikConfiguration() }),
  },
  variants: {
    structuredClone:
      async ({ configuration }) =>
      () =>
        structuredClone(configuration),
    candor: async ({ schema, configuration }) => {
      const { anonymize } = createAnonymizer(schema);
      return () => anonymize(configuration);
    },
    '@pinojs/redact': redactor('@pinojs/redact'),
    'fast-redact': redactor('fast-redact'),
    'copier generated for this one configuration': async ({ schema, configuration }) => {
      const copy = generateCopier(configuration, createAnonymizer(schema).anonymize(configuration));
      return () => copy(configuration);
    },
  },
  reference: 'structuredClone',
  check(output, { schema, configuration }, variant) {
    const { anonymize, verify } = createAnonymizer(schema);
    if (variant === 'structuredClone') deepStrictEqual(output, configuration);
    else if (!variant.includes('redact')) {
      deepStrictEqual(output, anonymize(configuration));
      deepStrictEqual(verify(output).removed, []);
    }
  },
  remarks: [
    'Aim: at most 0.33 of `structuredClone`. The redacting libraries are told each path of this configuration that must be hidden, look at no text, and rename no key. Traefik itself was measured elsewhere at 215 times `structuredClone`.',
  ],
});

/** Hides what anonymizing would change: in a copy, or in the input and then undone. */
function redactor(name: string): Variant<Work> {
  return async ({ schema, configuration }, peers) => {
    const { default: redact } = await peers(name);
    const paths = createAnonymizer(schema)
      .explain(configuration)
      .filter(({ action, value, path }) => action !== 'kept' && value !== undefined && path.length > 0)
      .map(({ path }) => path.map((segment) => `[${JSON.stringify(segment)}]`).join(''));
    const hide = (redact as Redact)({ paths, censor: 'xxxx', serialize: false });
    notDeepStrictEqual(hide(structuredClone(configuration)), configuration);
    return () => {
      const hidden = hide(configuration);
      // One of the two changes its input; both offer this.
      hide.restore?.(configuration);
      return hidden;
    };
  };
}
