import { ConfigError } from '@candor/config';
import { describe, expect, it } from 'vitest';
import { loadTraefikConfig } from '../src/index.js';
import type { TraefikSource } from '../src/index.js';

const yaml = (text: string): TraefikSource => ({ format: 'yaml', text });
const toml = (text: string): TraefikSource => ({ format: 'toml', text });
const flags = (...argv: string[]): TraefikSource => ({ argv });

/** Found by holding our loader against the program's own, with inputs that are in none of the reference cases. */
describe('what the program takes', () => {
  it.each<[string, TraefikSource, object]>([
    [
      'an entry point that is said to be false is there all the same',
      yaml('entryPoints: {web: false}'),
      { entryPoints: { web: {} } },
    ],
    [
      'so it is in the environment, with what is said below it',
      { env: { TRAEFIK_ENTRYPOINTS_A: 'false', TRAEFIK_ENTRYPOINTS_A_ADDRESS: ':80' } },
      { entryPoints: { a: { address: ':80' } } },
    ],
    [
      'a list of texts has no numbered variables',
      {
        env: { TRAEFIK_ACCESSLOG_FILTERS_STATUSCODES: '200', TRAEFIK_ACCESSLOG_FILTERS_STATUSCODES_0: '500' },
      },
      statusCodes('200'),
    ],
    [
      'a setting of a plugin that is there twice has its last value',
      flags('--providers.plugin.p.a=1', '--providers.plugin.p.a=2'),
      { providers: { plugin: { p: { a: '2' } } } },
    ],
    ['a tab between brackets is a space', yaml('{\n\tapi: {insecure: true}\n}'), { api: { insecure: true } }],
    [
      'an unknown key without a value is passed over',
      yaml('log: {level: INFO, levle: }'),
      { log: { level: 'INFO' } },
    ],
    [
      'a list of one number is read as text is',
      yaml('accessLog: {filters: {statusCodes: 200.0}}'),
      statusCodes('200'),
    ],
    ['infinity is a text where text is due', toml('log.level = inf'), { log: { level: '+Inf' } }],
    ['minus zero keeps its sign', yaml('log: {level: -0.0}'), { log: { level: '-0' } }],
    [
      'a number has underscores in a flag',
      flags('--tracing.sampleRate=1_0.5'),
      { tracing: { sampleRate: 10.5 } },
    ],
    [
      'a flag below an entry point takes no separate value, and what follows ends the flags',
      flags('--entryPoints.web.address', ':80', '--api'),
      { entryPoints: { web: { address: 'true' } } },
    ],
    [
      'a header with a dot takes its separate value',
      flags('--providers.http.headers.a.b', 'c', '--api'),
      { api: {}, providers: { http: { headers: { 'a.b': 'c' } } } },
    ],
    [
      'a variable counts in brackets too',
      { env: { 'TRAEFIK_ENTRYPOINTS_WEB_HTTP_TLS_DOMAINS[0]_MAIN': 'a' } },
      { entryPoints: { web: { http: { tls: { domains: [{ main: 'a' }] } } } } },
    ],
  ])('%s', (_, source, written) => {
    expect(loadTraefikConfig('v3', source).written).toEqual(written);
  });
});

describe('what the program ignores at the top level is told', () => {
  it.each<[string, TraefikSource, object[]]>([
    ['nothing', yaml('api: {}'), []],
    [
      'a key that is misspelled',
      yaml('entryPoint:\n  web: {}\n'),
      [{ path: ['entryPoint'], line: 1, message: 'ignored, an unknown key; did you mean "entryPoints"?' }],
    ],
    [
      'keys of the dynamic configuration',
      toml('[http.routers]\n[udp]'),
      [
        { path: ['http'], line: 1, message: 'ignored, an unknown key' },
        { path: ['udp'], line: 2, message: 'ignored, an unknown key' },
      ],
    ],
  ])('%s', (_, source, warnings) => {
    expect(loadTraefikConfig('v3', source)).toMatchObject({ warnings });
  });
});

describe('what the program refuses', () => {
  it.each<[string, TraefikSource, string]>([
    ['a text for the whole file', yaml('"true"'), 'configuration.yaml:1:1: expected a section, found text'],
    ['a line of a tab', yaml('api: {}\n\t\nping: {}'), 'configuration.yaml:2:1: a tab used as indentation'],
    ['a colon too many', yaml('log: {}:'), 'configuration.yaml:1:8: a value without its key'],
    [
      'a key below a list of texts',
      flags('--accessLog.filters.statusCodes.a.b=1'),
      'statusCodes.a: expected text',
    ],
    [
      'a date for a list',
      toml('accessLog.filters.statusCodes = 2001-01-01'),
      'expected a list, found a date',
    ],
    [
      'a list in a list',
      yaml('providers: {plugin: {a: {b: [[c]]}}}'),
      'b.0: expected a single value or a section',
    ],
    [
      'a number beyond a double',
      toml('log.level = 1e400'),
      'configuration.toml:1:13: a number of more than 64 bits',
    ],
    [
      'an unknown key of a section that is off',
      flags('--api=false', '--api.x=1'),
      'flags: api.x: unknown key',
    ],
    ['a header flag without its value', flags('--providers.http.headers.a.b'), 'this flag needs a value'],
    ['a bracket that begins a name', { env: { 'TRAEFIK_LOG_[0]': 'x' } }, 'a misplaced bracket'],
  ])('%s', (_, source, message) => {
    expect(() => loadTraefikConfig('v3', source)).toThrow(
      expect.objectContaining({
        name: ConfigError.name,
        message: expect.stringContaining(message) as string,
      }),
    );
  });
});

function statusCodes(code: string): object {
  return { accessLog: { filters: { statusCodes: [code] } } };
}
