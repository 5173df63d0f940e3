import { describe, expect, test } from 'vitest';
import { createDashboard } from '../src/index.js';
import { queryApi, storeOf, usualFleet } from './support/fleet.js';
import { clock, dashboard, largeDashboard, textOf } from './support/pages.js';

describe('a slice', () => {
  const where = (...conditions: readonly object[]): string =>
    conditions.map((one) => `where=${encodeURIComponent(JSON.stringify(one))}`).join('&');
  const watched = { path: 'providers.docker.watch', value: true };
  const both = where(watched, { path: 'log.level', value: 'INFO' });
  const lastWeek = 'from=2026-11-23&to=2026-11-29';
  const readOneByOne = (asked: readonly string[]): readonly string[] =>
    asked.filter((path) => path.includes('where=') && !path.includes('kept=only'));

  test.each([
    ['the overview', '/', both, 'Active installations In a day'],
    ['the features', '/features', both, 'Providers in use'],
    ['a field', '/field?path=log.level', both, '100% of'],
    ['the tree', '/explore', both, 'docker 100%'],
    ['two ranges', `/explore?other-from=2026-11-16&other-to=2026-11-22`, both, 'largest of'],
    [
      'a cross of a slice',
      '/explore?one=log.level&other=providers.docker',
      both,
      'Of the installations in each',
    ],
    ['a cross', '/explore?one=limits.size&other=log.level', '', 'Of the installations in each'],
  ])('of many reports waits to be asked for: %s', async (_, path, conditions, content) => {
    const { app, asked } = await largeDashboard();
    const address = `${path}${path.includes('?') ? '&' : '?'}${lastWeek}&${conditions}`;
    const text = await textOf(app, address);
    expect(text).toMatch(/No counts of this are kept\. Read [\d,]+ reports one by one/);
    expect(text).not.toContain(content);
    expect(readOneByOne(asked)).toEqual([]);
    const html = await (await app.request(address)).text();
    const link = /href="(\?[^"]*read=all)/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const whole = await textOf(app, `${/^[^?]*/.exec(path)?.[0] ?? ''}${link}`);
    expect(whole).not.toContain('one by one');
    if (content !== 'Providers in use') expect(whole).toContain(content);
    expect(readOneByOne(asked)).not.toEqual([]);
  });

  test('of many reports shows what is kept of it, and offers the rest', async () => {
    const { app, asked } = await largeDashboard();
    const text = await textOf(app, `/?${lastWeek}&${where({ path: 'providers.docker' })}`);
    expect(text).toContain('In a week 15,000 week of 23 Nov 2026');
    expect(text).toMatch(/Versions .*3\.2\.0 33\.3%/);
    expect(text).toMatch(/Ages and changes No counts of this are kept\. Read 210,000 reports/);
    expect(readOneByOne(asked)).toEqual([]);
  });

  test('of many reports has every path where a question declares it', async () => {
    const { app, asked } = await largeDashboard([{ product: 'notes', paths: ['providers', '*'] }]);
    expect(await textOf(app, `/explore?${lastWeek}&${where(watched)}`)).toContain('docker 100%');
    expect(readOneByOne(asked)).toEqual([]);
  });

  test('of few reports is read at once, and the image says when it was not', async () => {
    const app = await dashboard();
    expect(await textOf(app, `/?${lastWeek}&${both}`)).toContain('In a week 6 week of 23 Nov 2026');
    const image = `/field.svg?path=log.level&${lastWeek}&${both}`;
    expect(await (await app.request(image)).text()).toContain('of 6 installations');
    const { app: large } = await largeDashboard();
    expect(await (await large.request(image)).text()).toContain('log.level: not counted');
    expect(await (await large.request(`${image}&read=all`)).text()).toContain('of 6,000 installations');
  });

  test('whose reports have expired is shaded instead of drawn as zero, and is not offered again', async () => {
    const storage = await storeOf(usualFleet());
    for (const today of [
      '2026-11-30',
      '2026-12-20',
      '2026-12-21',
      '2026-12-22',
      '2026-12-23',
      '2026-12-24',
    ]) {
      await storage.maintain({ today, retention: 3, questions: [] });
    }
    const api = queryApi(storage);
    const app = createDashboard({ query: (path) => api.request(path), clock });
    const html = await (await app.request(`/?${both}&from=2026-09-07&to=2026-11-29`)).text();
    expect(html).toContain('week of 7 Sept 2026: reports have expired');
    const field = await textOf(app, '/field?path=log.level&from=2026-09-07&to=2026-09-20&read=all');
    expect(field).toContain('What it occurs with Its reports have expired, and no counts of this were kept.');
    expect(field).not.toContain('one by one');
  });
});
