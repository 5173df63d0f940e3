import { describe, expect, it } from 'vitest';
import { ConfigError, load } from '../src/index.js';
import type { Format, LoadOptions } from '../src/index.js';
import { schema } from './support/schema.js';

function written(options: Partial<LoadOptions>): unknown {
  return load({ schema, ...options }).written;
}

function problems(options: Partial<LoadOptions>): string[] {
  try {
    load({ schema, ...options });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n');
  }
}

const text = (format: Format, content: string): Partial<LoadOptions> => ({
  text: { format, text: content, name: `c.${format}` },
});

describe('a file', () => {
  it.each<[Format, string]>([
    [
      'toml',
      '[Server]\nPORT = 80\nratio = 1.5\nsecure = "t"\ntimeout = "90s"\nhosts = "a, b"\n[server.tls]\nKEY = "k"',
    ],
    [
      'yaml',
      'server: {port: 0x50, Ratio: 1.5, secure: true, timeout: 90, hosts: [a, b], tls: {key: k}}\nlog: ~\n',
    ],
    [
      'json',
      '{"SERVER":{"port":"80","ratio":1.5,"secure":1,"timeout":"1m30s","hosts":["a","b"],"TLS":{"key":"k"}}}',
    ],
  ])('in %s comes in the spelling and types of the schema', (format, content) => {
    expect(written(text(format, content))).toEqual({
      server: { port: 80, ratio: 1.5, secure: true, timeout: '1m30s', hosts: ['a', 'b'], TLS: { key: 'k' } },
    });
  });

  it('keeps the case of keys of maps, whatever they are called', () => {
    const content = 'labels: {Team: a, __proto__: b, constructor: c}\nroutes: {Main: {to: x}}';
    const config = written(text('yaml', content)) as { labels: object };
    expect(Object.entries(config.labels)).toEqual([
      ['Team', 'a'],
      ['__proto__', 'b'],
      ['constructor', 'c'],
    ]);
    expect(config).toMatchObject({ routes: { Main: { to: 'x' } } });
  });

  it('takes dots in the keys of a map of texts', () => {
    expect(written(text('toml', '[labels]\nexample.com = "a"'))).toEqual({ labels: { 'example.com': 'a' } });
  });

  it('switches a section on and off', () => {
    expect(written(text('yaml', 'log: true'))).toEqual({ log: {} });
    expect(written(text('yaml', 'log: false'))).toEqual({});
    expect(written(text('yaml', 'log:'))).toEqual({});
    expect(problems(text('yaml', 'server: true'))).toEqual([
      'c.yaml:1:9: server: this section needs content',
    ]);
    expect(problems(text('toml', '[server]'))).toEqual(['c.toml:1:2: server: this section needs content']);
  });

  it('may be shared with someone else at its top level', () => {
    const shared = text('yaml', 'http: {routers: {}}\nlog: {level: DEBUG}');
    expect(problems(shared)).toEqual(['c.yaml:1:1: http: unknown key']);
    expect(written({ ...shared, unknownTopLevelKeys: 'warn' })).toEqual({ log: { level: 'DEBUG' } });
  });

  it('says everything that is wrong, where, and never what stood there', () => {
    const content = [
      'server:',
      '  port: hunter2',
      '  sercure: hunter2',
      '  ratio: [hunter2]',
      '  timeout: hunter2',
      '  mode: hunter2',
      '  tls: hunter2',
      'log:',
      '  level: {hunter2: 1}',
      '  filePath: 2026-01-02',
    ].join('\n');
    expect(problems(text('yaml', content))).toEqual([
      'c.yaml:2:9: server.port: expected a whole number, found text',
      'c.yaml:3:3: server.sercure: unknown key; did you mean "secure"?',
      'c.yaml:4:10: server.ratio: expected a number, found a list',
      'c.yaml:5:12: server.timeout: expected a duration such as 10s or 1h30m, found text',
      'c.yaml:6:9: server.mode: expected one of "fast", "safe", found text',
      'c.yaml:7:8: server.tls: expected a section, found text',
      'c.yaml:9:10: log.level: expected text, found a section',
      'c.yaml:10:13: log.filePath: expected text, found a date (text needs quotes)',
    ]);
  });

  it('keeps lists of lists', () => {
    const nested = { type: 'array', items: { type: 'array', items: { type: 'integer' } } };
    const lists = { type: 'object', properties: { nested } };
    expect(written({ schema: lists, ...text('json', '{"nested": [["1", 2], [], [3]]}') })).toEqual({
      nested: [[1, 2], [], [3]],
    });
  });

  it('refuses numbers that do not fit', () => {
    expect(problems(text('yaml', 'server: {port: 2147483648}'))).toEqual([
      'c.yaml:1:16: server.port: expected a whole number of 32 bits, found a whole number',
    ]);
  });
});

describe('flags', () => {
  it('set what they name', () => {
    const argv = ['--server.port=80', '--SERVER.secure', '-server.timeout', '2m', '--log', '--labels.Team=a'];
    expect(written({ argv })).toEqual({
      server: { port: 80, secure: true, timeout: '2m0s' },
      log: {},
      labels: { Team: 'a' },
    });
  });

  it('add to lists, and make lists of sections', () => {
    const argv = [
      '--server.hosts=a,b',
      '--server.hosts',
      'c',
      '--domains[0].main=x',
      '--domains[0].sans=y,z',
    ];
    expect(written({ argv })).toEqual({
      server: { hosts: ['a', 'b', 'c'] },
      domains: [{ main: 'x', sans: ['y', 'z'] }],
    });
  });

  it('end at the first argument that is none', () => {
    expect(load({ schema, argv: ['--log', 'run', '--server.port=80'] }).rest).toEqual([
      'run',
      '--server.port=80',
    ]);
    expect(load({ schema, argv: ['--log', '--', '--server.port=80'] }).rest).toEqual(['--server.port=80']);
  });

  it('are refused by place and name', () => {
    expect(
      problems({
        argv: ['---x', '--log..level=1', '--log.levle=hunter2', '--server.port', 'hunter2', '--labels'],
      }),
    ).toEqual([
      'flags: argument 1 is not written as --name, --name=value or --name value',
      'flags: argument 2 is not written as --name, --name=value or --name value',
      'flags: labels: this flag needs a value',
      'flags: log.levle: unknown key; did you mean "level"?',
      'flags: server.port: expected a whole number, found text',
    ]);
  });
});

describe('the environment', () => {
  const env = {
    APP_SERVER_PORT: '80',
    APP_LABELS_TEAM: 'a',
    APP_DOMAINS_0_MAIN: 'x',
    APP_OTHER: 'not ours',
    PATH: '/bin',
  };

  it('sets what its names say', () => {
    expect(written({ env, envPrefix: 'APP_' })).toEqual({
      server: { port: 80 },
      labels: { team: 'a' },
      domains: [{ main: 'x' }],
    });
    expect(written({ env })).toEqual({});
  });

  it('is refused by name', () => {
    expect(problems({ env: { APP_LOG_LEVLE: 'hunter2', APP_LOG__X: 'y' }, envPrefix: 'APP_' })).toEqual([
      'APP_LOG__X: the name has an empty part, a misplaced bracket, or too many parts',
      'APP_LOG_LEVLE: log.levle: unknown key; did you mean "level"?',
    ]);
  });
});

describe('several sources', () => {
  it('win in the order flags, environment, file', () => {
    const loaded = load({
      schema,
      ...text('yaml', 'server: {port: 1, ratio: 1, hosts: [a]}\nlog: {level: A}\nlabels: {x: a}'),
      env: { APP_SERVER_PORT: '2', APP_SERVER_RATIO: '2', APP_LABELS_Y: 'b' },
      envPrefix: 'APP_',
      argv: ['--server.port=3', '--server.hosts=b', '--log=false'],
    });
    expect(loaded.written).toEqual({
      server: { port: 3, ratio: 2, hosts: ['b'] },
      labels: { x: 'a', y: 'b' },
    });
    expect(loaded.sources.map(({ kind }) => kind)).toEqual(['file', 'environment', 'flags']);
  });
});

describe('defaults', () => {
  it('makes the configuration with defaults once, when it is first read, as a property like the others', () => {
    const loaded = load({ schema, argv: ['--server.port=1'] });
    expect(loaded.effective).toBe(loaded.effective);
    expect({ ...loaded }).toEqual(JSON.parse(JSON.stringify(loaded)));
    expect(Object.keys(loaded)).toEqual(['written', 'effective', 'sources', 'warnings', 'rest']);
  });

  it('come from one getter, since V8 keeps the getters of single objects, and what they refer to, for long', () => {
    const getterOf = (loaded: object): unknown => Object.getOwnPropertyDescriptor(loaded, 'effective')?.get;
    const getter = getterOf(load({ schema, argv: [] }));
    expect(getter).toBeTypeOf('function');
    expect(getterOf(load({ schema, argv: [] }))).toBe(getter);
  });

  it('come with the sections that are there', () => {
    expect(load({ schema, ...text('toml', '') }).effective).toEqual({});
    expect(load({ schema, argv: ['--log', '--server.port=1', '--routes.a.to=x'] }).effective).toEqual({
      log: { level: 'ERROR' },
      server: { port: 1, timeout: '30s', TLS: {} },
      routes: { a: { to: 'x', weight: 1 } },
    });
  });

  it('end in a recursive schema', () => {
    const recursive = { type: 'object', properties: { next: { $ref: '#', default: {} } } };
    expect(load({ schema: recursive, argv: [] }).effective).toHaveProperty('next.next.next');
  });
});

describe('alternatives', () => {
  const alternatives = {
    type: 'object',
    properties: {
      size: { anyOf: [{ type: 'integer' }, { enum: ['small', 'large'] }] },
      items: {
        type: 'array',
        items: { anyOf: [{ type: 'string' }, { type: 'object', properties: { a: {} } }] },
      },
      store: {
        oneOf: [
          { type: 'object', properties: { kind: { const: 'disk' }, path: { type: 'string' } } },
          {
            type: 'object',
            properties: { kind: { const: 'memory' }, limit: { type: 'integer', default: 5 } },
          },
        ],
      },
    },
  };

  it('are decided by the value', () => {
    const argv = ['--size=5', '--items=a,b', '--store.kind=memory'];
    expect(load({ schema: alternatives, argv }).effective).toEqual({
      size: 5,
      items: ['a', 'b'],
      store: { kind: 'memory', limit: 5 },
    });
    expect(written({ schema: alternatives, ...text('yaml', 'size: large\nitems: [a, {a: 1}]') })).toEqual({
      size: 'large',
      items: ['a', { a: 1 }],
    });
  });

  it('are refused by the one that comes closest', () => {
    const content = text('yaml', 'size: hunter2\nstore: {kind: memory, limit: hunter2}');
    expect(problems({ schema: alternatives, ...content })).toEqual([
      'c.yaml:1:7: size: expected a whole number, found text',
      'c.yaml:2:30: store.limit: expected a whole number, found text',
    ]);
  });

  describe('in alternatives are read once, however many ways there are to choose those above', () => {
    const handler = (kind: string, description?: string): object => ({
      type: 'object',
      properties: {
        kind: { const: kind },
        // A reference with a remark beside it is another schema at each place.
        next: { $ref: '#/$defs/handler', ...(description !== undefined && { description }) },
        all: { type: 'array', items: { $ref: '#/$defs/handler' } },
      },
    });
    const chain = (last: object, levels: number, add: (inner: object) => object): object => {
      let inner = last;
      for (let level = 0; level < levels; level += 1) inner = { kind: 'third', ...add(inner) };
      return { handler: inner };
    };
    const chains = (description?: string): object => ({
      type: 'object',
      properties: { handler: { $ref: '#/$defs/handler' } },
      $defs: {
        handler: {
          anyOf: ['first', 'second', 'third'].map((kind) =>
            handler(kind, description === undefined ? undefined : `${description} ${kind}`),
          ),
        },
      },
    });
    const json = (value: object): Partial<LoadOptions> => text('json', JSON.stringify(value));

    it('and are not right because too much is wrong to say all of it', () => {
      const many = (type: string): object => ({
        type: 'object',
        properties: {
          ...Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`a${at}`, { type }])),
          z: { anyOf: [{ type: 'integer' }, { type: 'object', properties: { name: { type: 'string' } } }] },
        },
      });
      const value = {
        part: {
          ...Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`a${at}`, 'text'])),
          z: { name: 'b' },
        },
      };
      const either = { type: 'object', properties: { part: { anyOf: [many('integer'), many('string')] } } };
      expect(written({ schema: either, ...json(value) })).toEqual(value);
    });

    it.each<[string, object, number, (inner: object) => object]>([
      ['in a section', chains(), 150, (next) => ({ next })],
      ['in a list', chains(), 75, (inner) => ({ all: [inner] })],
      ['by references with a remark', chains('Follows the'), 150, (next) => ({ next })],
    ])('%s', (_, handlers, levels, add) => {
      const value = chain({ kind: 'second' }, levels, add);
      expect(written({ schema: handlers, ...json(value) })).toEqual(value);
      const [problem] = problems({ schema: handlers, ...json(chain({ kind: 'fourth' }, levels, add)) });
      expect(problem).toMatch(/kind: expected .*"(first|second|third)", found text$/);
    });
  });
});

describe('a dialect', () => {
  const content = text('yaml', 'server: {ratio: 0.12345678, hosts: []}\nlog: {level: 1.5}');

  it("changes what the program's own loader reads otherwise", () => {
    expect(written(content)).toEqual({ server: { ratio: 0.12345678, hosts: [] }, log: { level: '1.5' } });
    expect(
      written({ ...content, dialect: { printFloat: (value) => value.toFixed(6), dropsEmptyLists: true } }),
    ).toEqual({
      server: { ratio: 0.123457 },
      log: { level: '1.500000' },
    });
  });
});
