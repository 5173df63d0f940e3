import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Anonymized, createAnonymize, type Row } from '../src/anonymize.js';
import { guessFormat } from '../src/guess-format.js';
import { lookOf, nameOf } from '../src/look-of.js';
import { files } from '@candor/playground';

const text = { type: 'string', export: 'text' };
const schema = {
  type: 'object',
  export: true,
  properties: {
    log: {
      type: 'object',
      export: true,
      properties: { level: { enum: ['debug', 'info'], export: true }, file: { type: 'string' }, note: text },
    },
    sites: {
      type: 'object',
      export: true,
      additionalProperties: {
        type: 'object',
        export: true,
        properties: {
          port: { type: 'integer', export: { bucket: [1024] } },
          tags: { type: 'array', export: true, items: text },
        },
      },
    },
    secret: { type: 'object', properties: { key: { type: 'string' } } },
  },
};
const anonymize = createAnonymize(schema);

function rowsOf(anonymized: Anonymized): readonly Row[] {
  if ('problems' in anonymized) throw new Error(anonymized.problems.join());
  return anonymized.rows;
}

/** A row as one line: written | shown | notes. */
function table(anonymized: Anonymized): string[] {
  return rowsOf(anonymized).map(({ written, shown, notes }) =>
    [
      written ?? '-',
      shown ?? '-',
      notes.map(({ path, action, why }) => `${path} ${action}: ${why}`).join('; '),
    ].join(' | '),
  );
}

describe('each line stands beside what leaves of it', () => {
  test('in TOML', () => {
    const lines = [
      '# kept by ops',
      '[log]',
      'level = "debug" # for now',
      'file = "/var/log/app"',
      'note = "ask someone@example.org"',
      '',
      '[sites.intranet]',
      'port = 8080',
      'tags = [',
      '  "a",',
      '  "10.1.2.3",',
      ']',
      '[secret]',
      'key = "hunter2"',
      '[other]',
      'x = 1',
    ];
    expect(table(anonymize('toml', lines.join('\n')))).toMatchInlineSnapshot(`
      [
        "# kept by ops | - | ",
        "[log] | [log] | ",
        "level = "debug" # for now | level = "debug" | log.level kept: tagged",
        "file = "/var/log/app" | file = "xxxx" | log.file masked: no tag",
        "note = "ask someone@example.org" | note = "ask xxxx" | log.note scrubbed: holds what looks like an e-mail address",
        " |  | ",
        "[sites.intranet] | [sites.key1] | sites.intranet renamed: its key leaves as key1",
        "port = 8080 | port = ">=1024" | sites.intranet.port transformed: tagged",
        "tags = [ | tags = [ | ",
        "  "a", |   "a", | sites.intranet.tags.0 kept: tagged",
        "  "10.1.2.3", |   "xxxx", | sites.intranet.tags.1 scrubbed: holds what looks like an IP address",
        "] | ] | ",
        "[secret] | - | secret omitted: no tag",
        "key = "hunter2" | - | secret.key omitted: no tag above",
        "[other] | - | other omitted: not in the schema",
        "x = 1 | - | ",
      ]
    `);
  });

  test('in YAML', () => {
    const lines = [
      'log: {level: debug, file: /var/log/app}',
      'sites:',
      '  intranet:',
      '    port: 80',
      '    tags:',
      '    - a',
      '    - http://x.example.org',
    ];
    expect(table(anonymize('yaml', lines.join('\n')))).toMatchInlineSnapshot(`
      [
        "log: {level: debug, file: /var/log/app} | log: {level: debug, file: xxxx} | log.level kept: tagged; log.file masked: no tag",
        "sites: | sites: | ",
        "  intranet: |   key1: | sites.intranet renamed: its key leaves as key1",
        "    port: 80 |     port: <1024 | sites.intranet.port transformed: tagged",
        "    tags: |     tags: | ",
        "    - a |     - a | sites.intranet.tags.0 kept: tagged",
        "    - http://x.example.org |     - xxxx | sites.intranet.tags.1 scrubbed: holds what looks like a URL",
      ]
    `);
  });

  test('in JSON', () => {
    const source = JSON.stringify(
      { log: { level: 'debug', note: 'x' }, secret: { key: 'hunter2' } },
      undefined,
      2,
    );
    expect(table(anonymize('json', source))).toMatchInlineSnapshot(`
      [
        "{ | { | ",
        "  "log": { |   "log": { | ",
        "    "level": "debug", |     "level": "debug", | log.level kept: tagged",
        "    "note": "x" |     "note": "x" | log.note kept: tagged",
        "  }, | - | ",
        "  "secret": { | - | secret omitted: no tag",
        "    "key": "hunter2" | - | secret.key omitted: no tag above",
        "  } |   } | ",
        "} | } | ",
      ]
    `);
  });
});

test.each([
  ['json', '{"log": {"level": "debug"}, "alder": 1, "birch": 2}'],
  ['yaml', '{log: {level: debug, cedar: 3}, alder: 1, birch: 2}'],
  ['toml', 'log = {level = "debug", alder = 1, birch = 2}'],
] as const)('names each key of a line in %s that the schema does not have', (format, source) => {
  const notes = rowsOf(anonymize(format, source)).flatMap((row) => row.notes);
  const unknown = notes.filter(({ why }) => why === 'not in the schema').map(({ path }) => path);
  expect(unknown.map((path) => path.split('.').at(-1))).toEqual(
    ['cedar', 'alder', 'birch'].filter((key) => source.includes(key)),
  );
});

test('the report is what leaves, as JSON', () => {
  const anonymized = anonymize('toml', '[sites.intranet]\nport = 80');
  expect('json' in anonymized && JSON.parse(anonymized.json)).toEqual({ sites: { key1: { port: '<1024' } } });
});

describe('a text that is no configuration', () => {
  test.each([
    ['toml', '[log\nlevel = "hunter2"', ['line 1: not valid TOML']],
    [
      'yaml',
      'log: {level: {hunter2: 1}}',
      ['line 1, log.level: expected one of "debug", "info", found a section'],
    ],
    ['json', '{"log": 7}', ['line 1, log: expected a section, found a whole number']],
  ] as const)('in %s says where and what was expected', (format, source, problems) => {
    expect(anonymize(format, source)).toEqual({ problems });
  });
});

test.each([
  ['# c\n[log]\nlevel = "debug"', 'toml'],
  ['\n\nlog.level = "debug"', 'toml'],
  ['"a b" = 1', 'toml'],
  ['[[domains]]', 'toml'],
  ['{\n  "log": {}\n}', 'json'],
  ['log:\n  level: debug', 'yaml'],
  ['---\nlog: {}', 'yaml'],
  ['url: http://x/?a=b', 'yaml'],
  ['', 'yaml'],
])('the format of %j is guessed', (source, format) => expect(guessFormat(source)).toBe(format));

test('says what a text looks like', () => {
  expect(lookOf('ask someone@example.org')).toBe('an e-mail address');
  expect(lookOf('10.1.2.3 or https://example.org/x')).toBe('an IP address and a URL');
  expect(lookOf('plain')).toBeUndefined();
  expect(lookOf(7)).toBeUndefined();
  expect(nameOf('@ip:v6')).toBe('an IP address');
});

test('all files together are less than 100 kB when compressed', () => {
  const sizes = Object.values(files).map((file) => gzipSync(file, { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000);
});
