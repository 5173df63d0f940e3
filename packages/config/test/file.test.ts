import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ConfigError, load } from '../src/index.js';
import { schema } from './support/schema.js';

const folder = mkdtempSync(join(tmpdir(), 'candor-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function problem(path: string): { code: string; message: string | undefined } {
  try {
    load({ schema, file: path });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { code: error.code, message: error.issues[0]?.message };
  }
  throw new Error('The file was taken');
}

it.each(['a.toml', 'a.yaml', 'a.yml', 'a.JSON'])('reads %s by its name', (name) => {
  const content = name.endsWith('toml') ? 'log.level = "A"' : '{"log": {"level": "A"}}';
  expect(load({ schema, file: file(name, `\ufeff${content}`) }).written).toEqual({ log: { level: 'A' } });
});

it('lets a flag choose the file', () => {
  const path = file('chosen.yaml', 'log: {level: A}');
  const argv = [`--configFile=${path}`, '--server.port=1'];
  const loaded = load({ schema, argv, file: 'other.toml', fileFlag: 'configfile' });
  expect(loaded.written).toEqual({ log: { level: 'A' }, server: { port: 1 } });
});

it('says what is wrong with a file', () => {
  mkdirSync(join(folder, 'folder.toml'));
  const wrong = 'ERR_CONFIG_FILE';
  expect(problem(join(folder, 'missing.toml'))).toEqual({ code: wrong, message: 'there is no such file' });
  expect(problem(join(folder, 'folder.toml'))).toEqual({
    code: wrong,
    message: 'this is a directory, expected a file',
  });
  expect(problem(file('a.ini', ''))).toEqual({
    code: wrong,
    message: 'expected a name that ends in .toml, .yaml, .yml or .json',
  });
  expect(problem(file('b.toml', Uint8Array.of(0x61, 0xff)))).toEqual({
    code: wrong,
    message: 'expected UTF-8 text',
  });
  expect(problem(join(file('c.toml', ''), 'd.toml'))).toEqual({
    code: wrong,
    message: 'there is no such file',
  });
});

it('refuses 10 MB before it reads them', () => {
  const { code, message } = problem(file('large.yaml', '#'.repeat(10_000_000)));
  expect(code).toBe('ERR_CONFIG_FILE');
  expect(message).toBe('10000000 bytes are too many for a configuration (at most 1048576)');
});
