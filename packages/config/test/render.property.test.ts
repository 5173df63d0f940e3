import fc from 'fast-check';
import { stringify as writeToml } from 'smol-toml';
import { expect, it } from 'vitest';
import { stringify as writeYaml } from 'yaml';
import { load, render } from '../src/index.js';
import type { Format } from '../src/index.js';
import { maskedData, maskTexts } from './support/mask.js';
import { schema } from './support/schema.js';

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((noise) => `hunter2${noise}`);
const key = fc.stringMatching(/^[a-zA-Z][\w-]{0,7}$/);

const configuration = fc.record(
  {
    labels: fc.dictionary(key, text),
    log: fc.record({ level: text, filePath: text }, { requiredKeys: [] }),
    routes: fc.dictionary(key, fc.record({ to: text, weight: fc.nat() }, { requiredKeys: [] })),
    server: fc.record(
      { port: fc.nat(65535), secure: fc.boolean(), hosts: fc.array(text), TLS: fc.record({ key: text }) },
      { requiredKeys: ['port'] },
    ),
    domains: fc.array(fc.record({ main: text, sans: fc.array(text) })),
  },
  { requiredKeys: [] },
);

const write = {
  toml: (data: object) => writeToml(data).replaceAll(/$/gm, ' # hunter2'),
  yaml: (data: object) => writeYaml(data, { lineWidth: 0 }).replace(/^/, '# hunter2\n'),
  json: (data: object) => JSON.stringify(data, null, 3),
} as const;

it.each<Format>(['toml', 'yaml', 'json'])(
  'shows in %s exactly what the remarks say, and nothing else',
  (format) => {
    fc.assert(
      fc.property(configuration, (data) => {
        const source = write[format](data);
        const { written, ...loaded } = load({ schema, text: { format, text: source } });
        const output = render({ written, ...loaded }, maskTexts(written));
        expect(output).not.toContain('hunter2');
        expect(load({ schema, text: { format, text: output } }).written).toEqual(maskedData(written));
      }),
      { numRuns: 100 },
    );
  },
);
