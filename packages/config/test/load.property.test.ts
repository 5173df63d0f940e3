import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ConfigError, load } from '../src/index.js';
import type { Format, LoadOptions } from '../src/index.js';
import { schema } from './support/schema.js';

const samples: Readonly<Record<Format, string>> = {
  toml: '[log]\nlevel = "hunter2" # hunter2\n[server]\nport = 80\nhosts = ["hunter2", \'hunter2\']\n[[domains]]\nmain = """hunter2"""\n',
  yaml: 'log: {level: "hunter2"} # hunter2\nserver:\n  port: 80\n  hosts: &a\n  - hunter2\n  - \'hunter2\'\nlabels:\n  x: |\n    hunter2\ndomains: [{sans: *a}]\n',
  json: '{"log": {"level": "hunter2"}, "server": {"port": 80, "hosts": ["hunter2", "\\u0068unter2"]}}',
};

/** A text with some of its pieces gone, and others put in. */
const broken = (text: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.tuple(
        fc.nat(text.length),
        fc.nat(4),
        fc.oneof(fc.constantFrom(...'[]{}"\'#:=-&*!|>\n\t ,.~'), fc.string({ maxLength: 3 })),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((changes) =>
      changes.reduce(
        (before, [at, length, piece]) => before.slice(0, at) + piece + before.slice(at + length),
        text,
      ),
    );

/** Keys are named in messages, so what is wrong with a key is not looked for here. */
function expectNoValue(options: Partial<LoadOptions>): void {
  try {
    load({ schema, unknownTopLevelKeys: 'warn', ...options });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const inPaths = error.issues.some(({ path }) => path.some((key) => String(key).includes('hunter')));
    if (!inPaths) expect(error.message).not.toContain('hunter2');
    for (const { message } of error.issues) expect(message).not.toContain('hunter2');
  }
}

it.each<Format>(['toml', 'yaml', 'json'])(
  'fails on any broken %s with an error of its own that holds no value',
  (format) => {
    fc.assert(
      fc.property(broken(samples[format]), (text) => expectNoValue({ text: { format, text } })),
      { numRuns: 250 },
    );
  },
);

it('fails on any flags with an error of its own that holds no value', () => {
  const name = fc.constantFrom(
    'log.level',
    'server.port',
    'server.tls.key',
    'labels.a',
    'domains[0].main',
    'domains',
    'x.y',
    '',
  );
  const flag = fc
    .tuple(fc.constantFrom('--', '-', '---', ''), name, fc.constantFrom('=hunter2', '=', ''))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(flag, { maxLength: 6 }), (argv) => expectNoValue({ argv })),
    { numRuns: 250 },
  );
});
