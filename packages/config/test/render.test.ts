import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { load, render } from '../src/index.js';
import type { Format, LoadOptions } from '../src/index.js';
import { maskedData, maskTexts } from './support/mask.js';
import { schema } from './support/schema.js';

function shown(options: Partial<LoadOptions>, drop?: readonly string[]): string {
  const loaded = load({ schema, ...options });
  return render(loaded, maskTexts(loaded.written, drop));
}

const text = (format: Format, lines: readonly string[]): Partial<LoadOptions> => ({
  text: { format, text: `${lines.join('\n')}\n` },
});

describe('TOML', () => {
  // TOML 1.1, in texts with and without what only the slower reader takes.
  it.each([
    ['log.level = "\\e[0m\\x41"', 'log.level = "xxxx"'],
    ['log = { level = "a", }', 'log = { level = "xxxx" }'],
    ['log = {\n  level = "a" # hunter2\n}', 'log = { level = "xxxx" }'],
  ])('shows %j', (source, expected) => {
    expect(shown(text('toml', [source]))).toBe(`${expected}\n`);
    const [first] = shown(text('toml', [source, '[server]', 'ratio = 0.5'])).split('\n');
    expect(first).toBe(expected);
  });

  it('keeps tables, spelling, order, indentation and blank lines, and no comment', () => {
    const source = [
      '# hunter2',
      '',
      '[Log] # hunter2',
      '  level="hunter2" # hunter2',
      '',
      '  # hunter2',
      '',
      '[server]',
      '  PORT   = 80',
      '  hosts = [',
      "    'hunter2', # hunter2",
      '    "hunter2",',
      '  ]',
      '  tls.key = """',
      'hunter2"""',
      '',
      '',
      '[[domains]]',
      '  main = "hunter2"',
      '[[domains]]',
      '  sans = ["hunter2", "hunter2"]',
    ];
    expect(shown(text('toml', source)).split('\n')).toEqual([
      '[Log]',
      '  level="xxxx"',
      '',
      '[server]',
      '  PORT   = 80',
      '  hosts = [',
      '    "xxxx",',
      '    "xxxx",',
      '  ]',
      '  tls.key = "xxxx"',
      '',
      '',
      '[[domains]]',
      '  main = "xxxx"',
      '[[domains]]',
      '  sans = ["xxxx", "xxxx"]',
      '',
    ]);
  });

  it('leaves out what is left out', () => {
    const source = [
      '[labels]',
      'a = "x"',
      '',
      '[log]',
      'level = "x"',
      '',
      '[server.tls]',
      'key = "x"',
      '[routes.a]',
      'to = "x"',
    ];
    const output = shown(text('toml', source), ['labels', 'server']);
    expect(output).toBe('[log]\nlevel = "xxxx"\n\n[routes.a]\nto = "xxxx"\n');
  });

  it('shows renamed keys and other values in their places', () => {
    const loaded = load({
      schema,
      ...text('toml', ['[routes."my.host"]', '  to = "x"', '  weight = 7', '[server]', 'hosts = ["a", "b"]']),
    });
    const remarks = [
      { path: ['routes'], outputPath: ['routes'], action: 'kept' },
      { path: ['routes', 'my.host'], outputPath: ['routes', 'key1'], action: 'renamed' },
      {
        path: ['routes', 'my.host', 'to'],
        outputPath: ['routes', 'key1', 'to'],
        action: 'scrubbed',
        value: 'a "b"\u007f',
      },
      {
        path: ['routes', 'my.host', 'weight'],
        outputPath: ['routes', 'key1', 'weight'],
        action: 'transformed',
        value: '≥5',
      },
      { path: ['server'], outputPath: ['server'], action: 'kept' },
      { path: ['server', 'hosts'], outputPath: ['server', 'hosts'], action: 'transformed', value: 2 },
    ];
    expect(render(loaded, remarks)).toBe(
      '[routes.key1]\n  to = "a \\"b\\"\\u007f"\n  weight = "≥5"\n[server]\nhosts = 2\n',
    );
  });

  const labelsAsOne = [
    { path: ['log'], outputPath: ['log'], action: 'kept' },
    { path: ['log', 'level'], outputPath: ['log', 'level'], action: 'kept', value: 'info' },
    { path: ['labels'], outputPath: ['labels'], action: 'transformed', value: 2 },
    { path: ['routes'], outputPath: ['routes'], action: 'kept' },
    { path: ['routes', 'a'], outputPath: ['routes', 'a'], action: 'transformed', value: true },
    { path: ['server'], outputPath: ['server'], action: 'kept' },
    { path: ['server', 'port'], outputPath: ['server', 'port'], action: 'kept', value: 80 },
    { path: ['server', 'TLS'], outputPath: ['server', 'TLS'], action: 'transformed', value: true },
  ];

  it.each([
    [
      'at the top',
      ['[Labels]', 'a = "x"', '', '[log]', 'level="info"'],
      'Labels = 2\n\n[log]\nlevel="info"\n',
    ],
    [
      'in the table before it',
      ['[server]', 'port  = 80', '', '  [server.TLS]', '    key = "x"', '[log]', 'level = "info"'],
      '[server]\nport  = 80\n\n  TLS = true\n[log]\nlevel = "info"\n',
    ],
    [
      'under a header of its own where there is none',
      ['[log]', 'level  = "info"', '', '  [server.TLS]', '    key = "x"'],
      '[log]\nlevel  = "info"\n\n  [server]\n  TLS = true\n',
    ],
    [
      'once where dots made it',
      ['server.port  = 80', 'labels.a = "x"', 'labels.b = "y"', 'log.level = "info"'],
      'server.port  = 80\nlabels = 2\nlog.level = "info"\n',
    ],
    [
      'written anew where the table around it is elsewhere',
      ['[server]', 'port  = 80', '[log]', 'level  = "info"', '[server.TLS]', 'key = "x"'],
      '[server]\nport = 80\nTLS = true\n\n[log]\nlevel = "info"\n',
    ],
    [
      'written anew where dots made the table around it',
      ['server.port  = 80', '[log]', 'level  = "info"', '[server.TLS]', 'key = "x"'],
      '[server]\nport = 80\nTLS = true\n\n[log]\nlevel = "info"\n',
    ],
  ])('puts a table that is shown as one value %s', (_, source, expected) => {
    const output = render(load({ schema, ...text('toml', source) }), labelsAsOne);
    expect(output).toBe(expected);
    expect(() => parse(output)).not.toThrow();
  });

  it('writes lists of tables anew that are shown as one value', () => {
    const loaded = load({
      schema,
      ...text('toml', ['[[Domains]]', 'main = "x"', '[[Domains]]', 'main = "y"']),
    });
    expect(
      render(loaded, [{ path: ['domains'], outputPath: ['domains'], action: 'transformed', value: 2 }]),
    ).toBe('Domains = 2\n');
  });
});

describe('JSON', () => {
  it.each([
    ['null', '{}'],
    ['{"log": true}', '{"log":{}}'],
    ['{"LOG": true}', '{"LOG":{}}'],
    ['{"server": {"tls": true}}', '{"server":{"tls":{}}}'],
    ['{"server": {"hosts": "a, b"}}', '{"server":{"hosts":["xxxx","xxxx"]}}'],
    ['{"server": {"hosts": "a, b", "tls": true}}', '{"server":{"hosts":["xxxx","xxxx"],"tls":{}}}'],
  ])('shows %s as %s', (source, expected) => {
    expect(JSON.parse(shown(text('json', [source])))).toEqual(JSON.parse(expected));
  });
});

describe('YAML', () => {
  it('keeps spelling, order, styles and blank lines, and no comment', () => {
    const source = [
      '# hunter2',
      'Log: # hunter2',
      "  level: 'hunter2' # hunter2",
      '',
      'server:',
      '  # hunter2',
      '  PORT: 80',
      '  hosts:',
      '  - hunter2',
      '  - "hunter2"',
      '',
      '  TLS: {key: hunter2}',
    ];
    expect(shown(text('yaml', source)).split('\n')).toEqual([
      'Log:',
      "  level: 'xxxx'",
      '',
      'server:',
      '  PORT: 80',
      '  hosts:',
      '  - xxxx',
      '  - "xxxx"',
      '',
      '  TLS: {key: xxxx}',
      '',
    ]);
  });

  it('writes a text with anchors anew', () => {
    const output = shown(
      text('yaml', ['labels: &hunter2 {a: hunter2}', 'log: {level: &b hunter2, filePath: *b}']),
    );
    expect(output).toBe('labels:\n  a: xxxx\nlog:\n  level: xxxx\n  filePath: xxxx\n');
  });

  it('quotes a text that would be read as something else', () => {
    const loaded = load({ schema, ...text('yaml', ['log: {level: x}']) });
    const remarks = [
      { path: ['log', 'level'], outputPath: ['log', 'level'], action: 'scrubbed', value: '0777' },
    ];
    expect(render(loaded, remarks)).toBe('log: {level: "0777"}\n');
  });
});

it('shows JSON as JSON, in its spelling and order', () => {
  expect(
    shown(text('json', ['{', '    "Server": {"PORT": 80},', '    "log": {"Level": "hunter2"}', '}'])),
  ).toBe('{\n    "Server": {\n        "PORT": 80\n    },\n    "log": {\n        "Level": "xxxx"\n    }\n}\n');
});

it('shows flags and variables as TOML', () => {
  const output = shown({
    argv: ['--LOG', '--server.hosts=hunter2,hunter2'],
    env: { APP_SERVER_PORT: '80' },
    envPrefix: 'APP_',
  });
  expect(output).toBe('[server]\nport = 80\nhosts = ["xxxx", "xxxx"]\n\n[log]\n');
});

it('shows a file with flags over it in the format of the file', () => {
  const output = shown({ ...text('yaml', ['log: {level: hunter2} # hunter2']), argv: ['--server.port=80'] });
  expect(output).toBe('log:\n  level: xxxx\nserver:\n  port: 80\n');
});

it('shows as TOML each section under its own header, and lists of sections as such', () => {
  const source = text('json', [
    '{"routes": {"my.host": {"weight": 7}, "b": {}}, "log": {},',
    ' "domains": [{"main": "hunter2", "sans": []}, {"main": "hunter2"}]}',
  ]);
  const loaded = load({ schema, ...source });
  const output = render(loaded, maskTexts(loaded.written), 'toml');
  expect(output.split('\n')).toEqual([
    '[routes]',
    '',
    '[routes."my.host"]',
    'weight = 7',
    '',
    '[routes.b]',
    '',
    '[log]',
    '',
    '[[domains]]',
    'main = "xxxx"',
    'sans = []',
    '',
    '[[domains]]',
    'main = "xxxx"',
    '',
  ]);
  expect(load({ schema, ...text('toml', output.split('\n')) }).written).toEqual(maskedData(loaded.written));
});
