import { describe, expect, test } from 'vitest';
import { dashboard, largeDashboard, textOf } from './support/pages.js';

describe('a field', () => {
  test('has adoption, values, versions and companions', async () => {
    const text = await textOf(await dashboard(), '/field?path=log.level');
    expect(text).toContain('100% of 30 installations report it, week of 23 Nov 2026');
    expect(text).toContain('&quot;INFO&quot; 90.0% ±0 27');
    expect(text).toMatch(/By version .*3\.2 100% 10 of 10/);
    // Everybody reports it, so that nobody differs.
    expect(text).toContain('report everything else as often as all 30 do, week of 23 Nov 2026');
  });

  test('has the spread of numbers', async () => {
    expect(await textOf(await dashboard(), '/field?path=limits.size')).toContain(
      '5% are at most 20, half at most 150, and 95% at most 290',
    );
  });

  test('is an image that stands by itself', async () => {
    const response = await (await dashboard()).request('/field.svg?path=providers.file');
    expect(response.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    const svg = await response.text();
    expect(svg).toMatch(/^<svg xmlns/);
    expect(svg).toContain('20.0%');
    expect(svg).toContain('of 30 installations, week of 23 Nov 2026');
  });

  test('of many installations has versions without their reports, and reads these only when asked', async () => {
    const { app, asked } = await largeDashboard();
    const text = await textOf(app, '/field?path=providers.docker');
    expect(text).toMatch(/By version .*3\.2 50\.0% 5,000 of 10,000/);
    expect(text).toContain('What it occurs with No counts of this are kept. Read 210,000 reports one by one');
    expect(asked.filter((path) => path.includes('where=') && !path.includes('kept=only'))).toEqual([]);
    const html = await (await app.request('/field?path=providers.docker')).text();
    const link = /href="([^"]*read=all)#with"/.exec(html)?.[1] ?? '';
    const whole = await textOf(app, `/field${link.replaceAll('&amp;', '&')}`);
    expect(whole).toContain(
      'The 15,000 installations that report it, beside all 30,000, week of 23 Nov 2026',
    );
  });

  test.each([
    [
      'a section',
      'providers.docker',
      /The 15,000 .* More often than by all .*log\.level &quot;DEBUG&quot; 20\.0% 3,000 10\.0% 3,000 \+10\.0 .*Less often than by all .*&quot;INFO&quot; 80\.0% 12,000 90\.0% 27,000 −10\.0/,
    ],
    [
      'several values',
      'log.level',
      /The 30,000 installations that report it report everything else as often/,
    ],
    [
      'a switch',
      'providers.docker.watch',
      /The 15,000 .* More often than by all .*log\.level &quot;DEBUG&quot; 20\.0% 3,000 10\.0% 3,000 \+10\.0 .*Less often than by all .*&quot;INFO&quot; 80\.0% 12,000 90\.0% 27,000 −10\.0/,
    ],
  ])('of many installations has what it occurs with where that is declared: %s', async (_, path, said) => {
    const section = path.split('.')[0] ?? '';
    const { app, asked } = await largeDashboard([{ product: 'notes', paths: [section, '*'] }]);
    const text = await textOf(app, `/field?path=${path}`);
    expect(text).toMatch(said);
    expect(text).not.toContain('one by one');
    expect(asked.filter((path) => path.includes('where=') && !path.includes('kept=only'))).toEqual([]);
  });

  test('that nobody reports says so', async () => {
    const text = await textOf(await dashboard(), '/field?path=providers.marathon');
    expect(text).toContain('0% of 30 installations report it');
    expect(text).toContain('Nobody reported it lately');
  });

  test('must be named', async () => {
    expect((await (await dashboard()).request('/field')).status).toBe(400);
  });
});
