import { expect, it } from 'vitest';
import { compare, load, loadText } from '../src/index.js';
import type { Format } from '../src/index.js';
import { maskTexts } from './support/mask.js';
import { schema } from './support/schema.js';

/** Each line with what is shown of it and the paths whose remarks stand there. */
function compared(format: Format, lines: readonly string[], drop?: readonly string[]): string[] {
  const loaded = loadText({ schema, format, text: lines.join('\n') });
  return compare(loaded, maskTexts(loaded.written, drop)).map(({ written, shown, remarks }) =>
    [written ?? '-', shown ?? '-', ...remarks.map(({ path }) => path.join('.'))].join(' | '),
  );
}

it('lays a text beside what is shown of it', () => {
  const lines = [
    '# c',
    '[Log]',
    '  level="x"',
    '',
    '[server]',
    'hosts = [',
    '  "a", # c',
    '  "b",',
    ']',
    'tls.key = "x"',
  ];
  expect(compared('toml', lines)).toMatchInlineSnapshot(`
    [
      "# c | -",
      "[Log] | [Log] | log",
      "  level="x" |   level="xxxx" | log.level",
      " | ",
      "[server] | [server] | server",
      "hosts = [ | hosts = [ | server.hosts",
      "  "a", # c |   "xxxx", | server.hosts.0",
      "  "b", |   "xxxx", | server.hosts.1",
      "] | ]",
      "tls.key = "x" | tls.key = "xxxx" | server.TLS | server.TLS.key",
    ]
  `);
});

it('leaves a line without its other where nothing of it is shown', () => {
  const lines = ['labels: {a: x}', 'log:', '  # c', '  LEVEL: x', 'server:', '  hosts: a, b'];
  expect(compared('yaml', lines, ['labels'])).toMatchInlineSnapshot(`
    [
      "labels: {a: x} | - | labels",
      "log: | log: | log",
      "  # c | -",
      "  LEVEL: x |   LEVEL: xxxx | log.level",
      "server: | server: | server",
      "  hosts: a, b |   hosts: | server.hosts | server.hosts.0 | server.hosts.1",
      "- |     - xxxx",
      "- |     - xxxx",
    ]
  `);
});

it('shows a text on one line as one line', () => {
  expect(compared('json', ['{"log":{"level":"x"},"server":{"hosts":["a"]}}'])).toMatchInlineSnapshot(`
    [
      "{"log":{"level":"x"},"server":{"hosts":["a"]}} | {"log":{"level":"xxxx"},"server":{"hosts":["xxxx"]}} | log | log.level | server | server.hosts | server.hosts.0",
    ]
  `);
});

it('compares nothing where there is more than one source, or no text', () => {
  const argv = ['--log.level=x'];
  const both = load({ schema, argv, text: { format: 'toml', text: '[server]\nport = 1' } });
  for (const loaded of [both, load({ schema, argv })]) {
    expect(compare(loaded, maskTexts(loaded.written))).toEqual([]);
  }
});

it.each(['toml', 'yaml', 'json'] as const)('loads a text in %s as load does', (format) => {
  const text = {
    toml: '[server]\nport = 1.0\n[labels]\nx = "1"',
    yaml: 'server: {port: 0x1}\nlabels: {x: 1}',
    json: '\ufeff{"Server": {"port": 1}, "labels": {"x": "1"}}',
  }[format];
  const whole = load({ schema, text: { format, text } });
  const { written, effective } = loadText({ schema, format, text });
  expect({ written, effective }).toEqual({ written: whole.written, effective: whole.effective });
});

it('refuses what load refuses', () => {
  const refused = [
    { text: 'unknown = 1' },
    { text: '[log' },
    { text: '# too long', maxBytes: 5 },
    { text: 'server.port = "x"' },
  ];
  for (const { text, maxBytes } of refused) {
    const message = (attempt: () => unknown): string => {
      try {
        attempt();
      } catch (error) {
        return String(error);
      }
      throw new Error('The text was taken');
    };
    expect(message(() => loadText({ schema, format: 'toml', text, maxBytes }))).toBe(
      message(() => load({ schema, text: { format: 'toml', text }, maxBytes })),
    );
  }
});
