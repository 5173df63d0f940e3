import { deepStrictEqual } from 'node:assert/strict';
import { load } from '@candor/config';
import { fieldTree, type Json } from '@candor/schema';
import { sample } from '@candor/schema/sample';
import { traefikV2 } from '@candor/traefik';
import { parse as parseToml, stringify as stringifyToml } from 'smol-toml';
import { parse as parseYaml, stringify as stringifyYaml } from 'yaml';
import { defineComparison, type Comparison, type Variant } from '../frame/comparison.js';

interface Work {
  readonly format: 'toml' | 'yaml';
  readonly text: string;
  readonly value: Json;
}

const bare: Variant<Work> = async ({ format, text }) =>
  format === 'toml' ? () => parseToml(text) : () => parseYaml(text) as Json;

/** Loading a file by schema, with names, types and places checked, beside its parser alone. */
export const loadComparison: Comparison = defineComparison<Work>({
  name: 'load',
  title: 'Loading 12 KB by schema',
  peers: ['js-yaml@5.5.0'],
  cases: {
    TOML: () => work('toml', stringifyToml),
    YAML: () => work('yaml', stringifyYaml),
  },
  variants: {
    'bare parser': bare,
    'candor, one field tree': async ({ format, text }) => {
      const schema = fieldTree(traefikV2);
      return () => load({ schema, text: { format, text } }).written;
    },
    'candor, from the schema': async ({ format, text }) => {
      return () => load({ schema: traefikV2, text: { format, text } }).written;
    },
    'js-yaml': async ({ text }, peers) => {
      const { load: parse } = await peers('js-yaml');
      return () => (parse as (text: string) => Json)(text);
    },
  },
  reference: 'bare parser',
  without: { TOML: ['js-yaml'] },
  check: (output, { value }) => deepStrictEqual(JSON.parse(JSON.stringify(output)), value),
  remarks: [
    'Aim: at most 2 times the bare parser (`smol-toml`, `yaml`), which are the ones that Candor uses.',
  ],
});

function work(format: Work['format'], stringify: (value: Json) => string): Work {
  const value = sample(traefikV2, { text: (path) => `text of ${path.split('.').at(-1)}` });
  return { format, text: stringify(value), value };
}
