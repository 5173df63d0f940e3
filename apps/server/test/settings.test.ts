import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@candor/testing';
import { describe, expect, test } from 'vitest';
import { readSettings } from '../src/index.js';
import { parseAddress } from '../src/settings/address.js';

describe('settings', () => {
  test('have defaults that serve this machine alone', () => {
    expect(readSettings([], {}).settings).toEqual({
      listen: { host: '127.0.0.1', port: 7390 },
      basePath: '/',
      data: '.data/server',
      tokenHashes: [],
      trustProxy: 0,
      retention: 35,
      workers: 1,
      limits: {
        requestsPerMinute: 120,
        countedPerDay: 100,
        compressedBytes: 65_536,
        inflatedBytes: 262_144,
      },
      products: {},
      traefik: false,
      allowBackdating: false,
      logLevel: 'info',
    });
  });

  test.each(['toml', 'yaml'])(
    'come from a %s file, the environment over it, flags over both',
    async (format) => {
      const file = join(await temporaryDirectory(), `server.${format}`);
      const text = {
        toml: 'retention = 10\nworkers = 3\nbasePath = "usage/"\n[limits]\ncountedPerDay = 7\n[products.notes]\nreleases = ["1.0.0"]\nquestions = [["theme"]]\nsampled = { "<1.4" = 0.1, "*" = 1 }\n',
        yaml: 'retention: 10\nworkers: 3\nbasePath: usage/\nlimits:\n  countedPerDay: 7\nproducts:\n  notes:\n    releases: [1.0.0]\n    questions: [[theme]]\n    sampled: { <1.4: 0.1, "*": 1 }\n',
      };
      writeFileSync(file, text[format as keyof typeof text]);
      const env = { CANDOR_SERVER_RETENTION: '20', CANDOR_SERVER_WORKERS: '4', CANDOR_SERVER_CONFIG: file };
      const { settings, rest } = readSettings(['--workers', '5', 'token'], env);
      expect(rest).toEqual(['token']);
      expect(settings).toMatchObject({
        retention: 20,
        workers: 5,
        basePath: '/usage',
        limits: { countedPerDay: 7, requestsPerMinute: 120 },
        products: {
          notes: {
            releases: ['1.0.0'],
            retired: [],
            stopped: [],
            sampled: { '<1.4': 0.1, '*': 1 },
            questions: [['theme']],
          },
        },
      });
      expect(readSettings(['--config', file], {}).settings.retention).toBe(10);
    },
  );

  test.each([
    ['stopped = ["<1.4", "~2"]', 'products.notes.stopped[1] must be a range of versions such as "<1.4".'],
    ['sampled = { "~2" = 0.5 }', 'products.notes.sampled must have a share above 0'],
    ['sampled = { "2" = 0 }', 'products.notes.sampled must have a share above 0'],
    ['sampled = { "2" = 1.5 }', 'products.notes.sampled must have a share above 0'],
    ['questions = [["a"], []]', 'products.notes.questions[1] must be one path or two.'],
    ['questions = [["a", "b", "c"]]', 'products.notes.questions[0] must be one path or two.'],
  ])('are refused with the path of what is wrong: %s', async (text, message) => {
    const file = join(await temporaryDirectory(), 'server.toml');
    writeFileSync(file, `[products.notes]\n${text}\n`);
    expect(() => readSettings(['--config', file], {})).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION', message: expect.stringContaining(message) }),
    );
  });

  test('name the proxies by number or by address', () => {
    expect(readSettings(['--proxyCount', '2'], {}).settings.trustProxy).toBe(2);
    const { settings } = readSettings(['--proxies', '10.0.0.1,10.1.0.0/16'], {});
    expect(settings.trustProxy).toEqual(['10.0.0.1', '10.1.0.0/16']);
  });
});

describe('an address to listen on', () => {
  test.each([
    ['127.0.0.1:0', { host: '127.0.0.1', port: 0 }],
    ['[::1]:80', { host: '::1', port: 80 }],
    ['localhost:65535', { host: 'localhost', port: 65_535 }],
    [':80', { host: '0.0.0.0', port: 80 }],
    ['unix:/run/candor.sock', { path: '/run/candor.sock' }],
  ])('is read: %s', (text, address) => {
    expect(parseAddress(text)).toEqual(address);
  });

  test.each(['', '80', 'localhost', 'localhost:65536', '::1:80', '[::1]', 'a:b', 'unix:', 'a:1:2'])(
    'is refused: %s',
    (text) => {
      expect(() => parseAddress(text)).toThrow(expect.objectContaining({ code: 'ERR_OPTION' }));
    },
  );
});
