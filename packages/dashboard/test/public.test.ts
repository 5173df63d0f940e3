import { randomInt } from 'node:crypto';
import { fields } from '@candor/schema';
import { sampleRandom } from '@candor/storage/conformance';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { createMemoryArchive, createPublicPages, defaultPublicRules, publishWeeks } from '../src/index.js';
import { discreteLaplace } from '../src/public/noise.js';
import { publish, thresholdOf } from '../src/public/table.js';
import { queryApi, storeOf, usualFleet } from './support/fleet.js';

describe('noise', () => {
  test('has the probabilities of the discrete Laplace distribution', () => {
    const random = sampleRandom(7);
    const draws = 200_000;
    const counts = new Map<number, number>();
    for (let at = 0; at < draws; at += 1) {
      const drawn = discreteLaplace({ numerator: 1, denominator: 1 }, random);
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    const scale = (1 - Math.exp(-1)) / (1 + Math.exp(-1));
    for (const value of [-4, -3, -2, -1, 0, 1, 2, 3, 4]) {
      const expected = draws * scale * Math.exp(-Math.abs(value));
      // Five standard deviations.
      expect(Math.abs((counts.get(value) ?? 0) - expected)).toBeLessThan(5 * Math.sqrt(expected));
    }
  });

  test('takes any fraction, and the randomness of the system', () => {
    for (let at = 0; at < 100; at += 1) {
      expect(Number.isSafeInteger(discreteLaplace({ numerator: 3, denominator: 10 }, randomInt))).toBe(true);
    }
  });

  test('hides what is below k + ln(1/2δ)/ε', () => {
    expect(thresholdOf(defaultPublicRules)).toBe(19);
    expect(thresholdOf({ ...defaultPublicRules, epsilon: { numerator: 1, denominator: 2 } })).toBe(5 + 27);
  });
});

describe('a published week', () => {
  const table = (count: number) => ({
    firstDay: '2026-11-02',
    installations: 400,
    tables: [
      {
        title: 'Providers',
        rowsOfOne: 50,
        rows: [{ name: 'docker', count: 300 }, ...(count > 0 ? [{ name: 'rare', count }] : [])],
      },
    ],
  });

  test('shows no group of one, and no trace of it', () => {
    for (let seed = 0; seed < 2_000; seed += 1) {
      // The rare row comes last, so that the draws before it are the same with and without it.
      const [without, withOne] = [
        publish(table(0), defaultPublicRules, sampleRandom(seed)),
        publish(table(1), defaultPublicRules, sampleRandom(seed)),
      ];
      expect(withOne).toEqual(without);
    }
  });

  test('tells k−1 fakes and a member from k−1 fakes alone no better than ε allows', () => {
    let [shownWith, shownWithout] = [0, 0];
    const rounds = 20_000;
    for (let seed = 0; seed < rounds; seed += 1) {
      const shows = (count: number): boolean =>
        publish(table(count), defaultPublicRules, sampleRandom(seed * 31 + count))?.tables[0]?.rows.some(
          ({ name }) => name === 'rare',
        ) === true;
      if (shows(19)) shownWith += 1;
      if (shows(18)) shownWithout += 1;
    }
    expect(shownWith / shownWithout).toBeLessThan(Math.E * 1.1);
  });

  test('is not there for a product with too few installations', () => {
    expect(publish({ ...table(0), installations: 10 }, defaultPublicRules, sampleRandom(1))).toBeUndefined();
  });
});

describe('public pages', () => {
  const fleet = [...usualFleet(), ...usualFleet(), ...usualFleet()];
  const questions = [{ path: 'providers' }];
  const provider = { type: 'object', export: true } as const;
  // What is in no list is in no table: `file` is reported, and not declared here.
  const list = fields({
    type: 'object',
    export: true,
    properties: {
      providers: {
        type: 'object',
        export: true,
        description: 'Where routing comes from.',
        properties: { docker: provider, etcd: provider },
        additionalProperties: provider,
      },
    },
  });

  async function published(): Promise<{ app: Hono; publishAgain: (today: string) => Promise<void> }> {
    const api = queryApi(await storeOf(fleet));
    const archive = createMemoryArchive();
    const query = (path: string): Response | Promise<Response> => api.request(path);
    const context = { query, archive, questions, fieldLists: [list], rules: defaultPublicRules };
    const publishAgain = (today: string): Promise<void> =>
      publishWeeks('notes', { ...context, random: randomInt, today });
    await publishAgain('2026-11-30');
    return { app: createPublicPages({ archive, products: ['notes'] }), publishAgain };
  }

  test('hold closed weeks only, each drawn once', async () => {
    const { app, publishAgain } = await published();
    const first = await (await app.request('/public/notes.json')).text();
    const { weeks } = JSON.parse(first) as { weeks: { firstDay: string }[] };
    // The week of 23 November ended yesterday: late reports may still come.
    expect(weeks.at(-1)?.firstDay).toBe('2026-11-16');
    await publishAgain('2026-11-30');
    expect(await (await app.request('/public/notes.json')).text()).toBe(first);
    await publishAgain('2026-12-04');
    const later = (await (await app.request('/public/notes.json')).json()) as typeof weeks extends infer Weeks
      ? { weeks: Weeks }
      : never;
    expect(later.weeks.slice(0, weeks.length)).toEqual(weeks);
    expect(later.weeks.at(-1)?.firstDay).toBe('2026-11-23');
  });

  const formats = ['/public/notes', '/public/notes.json', '/public/notes.csv'] as const;

  test.each<[string, RequestInit]>([
    ['a token and a cookie', { headers: { authorization: 'Bearer token', cookie: 'a=b' } }],
    ['another type and coding', { headers: { accept: 'text/plain', 'accept-encoding': 'br, gzip' } }],
    ['a part', { headers: { range: 'bytes=0-9', 'if-range': '"x"' } }],
    ['what changed', { headers: { 'if-none-match': '*', 'if-modified-since': new Date().toUTCString() } }],
    ['another origin and address', { headers: { origin: 'https://example.org', 'x-forwarded-for': '::1' } }],
    ['the headers alone', { method: 'HEAD' }],
  ])('are the same bytes and headers for who asks for %s', async (_, init) => {
    const { app } = await published();
    for (const path of formats) {
      const plain = await app.request(path);
      const asked = await app.request(path, init);
      expect([asked.status, ...asked.headers]).toEqual([plain.status, ...plain.headers]);
      expect(plain.headers.get('etag') ?? plain.headers.get('last-modified')).toBeNull();
      expect(await asked.text()).toBe(init.method === 'HEAD' ? '' : await plain.text());
    }
  });

  test('are the same bytes whatever stands behind a question mark, and hold nothing of other products', async () => {
    const { app } = await published();
    for (const path of formats) {
      const [plain, asked] = [await app.request(path), await app.request(`${path}?product=other&where=x`)];
      expect(await asked.text()).toBe(await plain.text());
    }
    expect((await app.request('/public/other')).status).toBe(404);
    expect((await app.request('/public/notes', { method: 'POST' })).status).toBe(404);
  });

  test('have the rows that the field lists declare, and a privacy loss that follows from these', async () => {
    const { app } = await published();
    const { weeks } = (await (await app.request('/public/notes.json')).json()) as {
      weeks: { epsilonSpent: number; tables: { title: string; rows: { name: string }[] }[] }[];
    };
    const last = weeks.at(-1);
    const providers = last?.tables.find(({ title }) => title === 'providers');
    expect(providers?.rows.map(({ name }) => name)).toEqual(['docker']);
    // The total, the version, and docker, etcd and a member of any other name.
    expect(last?.epsilonSpent).toBe(5);
  });

  test('draw the published totals, shade a week that was not published, and name each denominator', async () => {
    const archive = createMemoryArchive();
    for (const [firstDay, installations] of [
      ['2026-11-02', 100],
      ['2026-11-16', 120],
    ] as const) {
      const tables = [
        { title: 'Versions', rows: [{ name: '3.1.4', count: 40 }] },
        { title: 'providers', rows: [{ name: 'at least one', count: 70 }] },
      ];
      await archive.write('notes', firstDay, { firstDay, installations, epsilonSpent: 2, tables });
    }
    await archive.write('notes', '2026-11-09', null);
    const page = async (known?: () => typeof list): Promise<string> =>
      (
        await createPublicPages({ archive, products: ['notes'], fields: known }).request('/public/notes')
      ).text();
    const html = await page();
    expect(html.match(/<rect\s+class="bar"/g)).toHaveLength(2);
    expect(html).toContain('week of 9 Nov 2026: not published');
    expect(html).toContain('Shares of 120 installations');
    expect(html).not.toContain('What is collected');
    const described = await page(() => list);
    expect(described).toContain('href="../collected?product=notes"');
    expect(described).toMatch(/<h3>\s*<bdi>Where routing comes from<\/bdi> <code><bdi>providers<\/bdi>/);
  });

  test('start no formula in a spreadsheet', async () => {
    const archive = createMemoryArchive();
    await archive.write('notes', '2026-11-02', {
      firstDay: '2026-11-02',
      installations: 100,
      epsilonSpent: 2,
      tables: [{ title: 'Versions', rows: [{ name: '=HYPERLINK("x")', count: 40 }] }],
    });
    const app = createPublicPages({ archive, products: ['notes'] });
    expect(await (await app.request('/public/notes.csv')).text()).toContain(`"'=HYPERLINK(""x"")",40`);
  });
});
