import { createHash } from 'node:crypto';
import { formatPath } from '@candor/schema';
import { describe, expect, test } from 'vitest';
import { createDashboard, type DashboardError, type DashboardOptions } from '../src/index.js';
import { type Fixture, growingProduct, queryApi } from './support/fixture.js';

const now = (): number => Date.parse('2026-11-29T10:00:00Z');

function dashboard(
  fixture: Fixture,
  options: Partial<DashboardOptions> = {},
): ReturnType<typeof createDashboard> {
  const api = queryApi(fixture);
  return createDashboard({ query: (path) => api.request(path), now, ...options });
}

async function page(fixture: Fixture, path = '/', options: Partial<DashboardOptions> = {}): Promise<string> {
  const response = await dashboard(fixture, options).request(path);
  expect(response.status).toBe(200);
  return await response.text();
}

/** The text of a page, white space collapsed. */
function textOf(html: string): string {
  return html
    .replace(/<head>[^]*<\/head>/, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

describe('a product with reports', () => {
  test('shows active installations by day, week and month, and says which are not over', async () => {
    const text = textOf(await page(growingProduct()));
    expect(text).toContain('In a day 633 29 Nov 2026, so far');
    // Monday's 663 plus twelve on each of the six days after it.
    expect(text).toContain('In a week 735 Week of 23 Nov 2026, so far');
    expect(text).toContain('Week of 16 Nov 2026 700');
    expect(text).toContain('In a month 745 November 2026, so far 668 the month before');
  });

  test('counts the first week and month of the range in full', async () => {
    const text = textOf(await page(growingProduct(), '/?from=2026-11-05&to=2026-11-12'));
    expect(text).toContain('Week of 2 Nov 2026 630');
    expect(text).toContain('November 2026 so far');
    expect(text).not.toContain('October 2026');
  });

  test('draws one bar for each day of the range', async () => {
    const html = await page(growingProduct(), '/?from=2026-11-01&to=2026-11-10');
    expect(html.match(/<rect\s+class="day/g)).toHaveLength(10);
  });

  test('shows version shares with their denominators, the newest first and the rare together', async () => {
    const text = textOf(await page(growingProduct(), '/?from=2026-11-28&to=2026-11-28'));
    expect(text).toContain('3.2.0 62.3% 342');
    expect(text.indexOf('3.2.0 62.3% 342')).toBeLessThan(text.indexOf('3.2.0-rc1 1.3% 7'));
    expect(text).toMatch(/4 other versions 3.3% 18 /);
    expect(text).toContain('Shares of 549 reports in the range, and of 549 on 28 Nov 2026');
    expect(text).toContain('All 11 versions');
  });

  test('shows a highlight with shares of all reports', async () => {
    const highlights = (product: string): { title: string; path: string }[] =>
      product === 'traefik' ? [{ title: 'Providers in use', path: 'providers' }] : [];
    const text = textOf(await page(growingProduct(), '/', { highlights }));
    expect(text).toContain('Providers in use Shares of 15,000 reports');
    expect(text).toContain('docker 60.8% 9,123');
    expect(text).toContain('consulCatalog &lt;0.1% 3');
    expect(text).not.toContain('docker.exposedByDefault 40.1%');
  });

  test('a key that holds a dot is a section of its own, and one that lies in another stays there', async () => {
    const fixture = growingProduct();
    fixture.facts = {
      reports: 9,
      facts: [
        { path: '"log.level"', value: true, count: 9 },
        { path: '"log.level"."a.b"', value: 'info', count: 9 },
        { path: 'log.level', value: 'debug', count: 3 },
      ],
    };
    const html = await page(fixture, '/');
    const sections = [...html.matchAll(/<summary><bdi>(.*?)<\/bdi>/g)].map(([, name]) => name);
    expect(sections).toEqual(['&quot;log.level&quot;', 'log']);
    const highlights = (): { title: string; path: string }[] => [{ title: 'Levels', path: '"log.level"' }];
    fixture.facts = { reports: 9, facts: [{ path: '"log.level"."a.b"', value: true, count: 9 }] };
    expect(textOf(await page(fixture, '/', { highlights }))).toContain('&quot;a.b&quot; 100%');
  });

  test('lists facts by section, cuts long ones and shows them all by path', async () => {
    const all = await page(growingProduct());
    expect(textOf(all)).toContain('providers 6 places');
    expect(textOf(all)).toContain('3 more values');
    expect(textOf(all)).not.toContain(':8088');
    const one = await page(growingProduct(), '/?path=entryPoints.*.address');
    expect(textOf(one)).toContain(':8088');
    expect(textOf(one)).not.toContain('log.level');
  });

  test('calls a section present, a switch true and a masked value masked', async () => {
    const text = textOf(await page(growingProduct(), '/?path=api'));
    expect(text).toContain('api present 73.3% 11,000');
    expect(text).toContain('api.insecure true 16.7% 2,500');
    const masked = textOf(await page(growingProduct(), '/?path=providers.docker'));
    expect(masked).toContain('providers.docker.endpoint set, value masked 18.0% 2,700');
  });

  test('keeps the choice in its links and forms', async () => {
    const html = await page(growingProduct(), '/?from=2026-11-01&to=2026-11-10&path=api');
    expect(html).toContain('?product=traefik&amp;from=2026-11-04&amp;to=2026-11-10&amp;path=api');
    expect(html).toContain('value="2026-11-01"');
  });

  test('links the numbers as CSV where the query API is at the same origin', async () => {
    const path = '/?from=2026-11-01&to=2026-11-10';
    expect(await page(growingProduct(), path)).not.toContain('format=csv');
    expect(await page(growingProduct(), path, { downloads: true })).toContain(
      'href="/v1/products/traefik/versions?from=2026-11-01&amp;to=2026-11-10&amp;format=csv"',
    );
  });

  test('names a product in its own title only when it is the chosen one', async () => {
    const fixture = growingProduct();
    fixture.products = [
      ...fixture.products,
      { product: 'other', firstDay: '2026-11-01', lastDay: '2026-11-02' },
    ];
    const html = await page(fixture, '/?product=other');
    expect(html).toContain('<title>other · Candor</title>');
    expect(html).toMatch(/<option value="other" selected>/);
    expect(html).toContain('value="2026-11-02"');
  });
});

describe('hostile data', () => {
  const hostile = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`;

  test('is escaped wherever it is shown', async () => {
    const fixture = growingProduct();
    fixture.products = [{ product: hostile, firstDay: '2026-10-01', lastDay: '2026-11-29' }];
    fixture.versions = [{ day: '2026-11-29', version: hostile, count: 5 }];
    fixture.facts = {
      reports: 9,
      facts: [
        { path: formatPath(['providers', hostile]), value: true, count: 9 },
        { path: 'log.level', value: hostile, count: 9 },
        { path: hostile, value: { [hostile]: hostile }, count: 9 },
      ],
    };
    const highlights = (): { title: string; path: string }[] => [{ title: 'Providers', path: 'providers' }];
    const search = new URLSearchParams({ product: hostile, path: '' });
    const html = await page(fixture, `/?${search}`, { highlights });
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('"\'>');
  });

  test('is escaped in the query string too', async () => {
    const search = new URLSearchParams({ path: hostile });
    expect(await page(growingProduct(), `/?${search}`)).not.toContain('<script');
    const unknown = await dashboard(growingProduct()).request(
      `/?${new URLSearchParams({ product: hostile })}`,
    );
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).not.toContain('<script');
  });

  test('cannot make the page endless', async () => {
    const fixture = growingProduct();
    fixture.versions = Array.from({ length: 5_000 }, (_, index) => ({
      day: '2026-11-29',
      version: `1.0.${index}-${'x'.repeat(200)}`,
      count: 1,
    }));
    const text = textOf(await page(fixture));
    expect(text).toContain('4,800 older versions are not listed.');
    expect(text).not.toContain('x'.repeat(61));
  });
});

describe('without numbers', () => {
  test('teaches how to send the first report, to the address that was asked', async () => {
    const fixture = { ...growingProduct(), products: [] };
    const response = await dashboard(fixture).request('http://127.0.0.1:4318/');
    const html = await response.text();
    expect(html).toContain('No reports yet');
    expect(html).toContain('http://127.0.0.1:4318/v1/reports');
    expect(html).toContain('npx candor preview');
  });

  test('leads from an empty range to the days that have reports', async () => {
    const text = textOf(await page(growingProduct(), '/?from=2025-01-01&to=2025-01-31'));
    expect(text).toContain('were received from 1 Oct 2026 to 29 Nov 2026');
  });

  test('says so when no report has a highlighted section', async () => {
    const highlights = (): { title: string; path: string }[] => [{ title: 'Plugins', path: 'plugins' }];
    expect(textOf(await page(growingProduct(), '/', { highlights }))).toContain(
      'None of 15,000 reports in this range had any.',
    );
  });

  test.each([
    ['/?from=2026-11-31', 'must be a day'],
    ['/?from=yesterday', 'must be a day'],
    ['/?from=2026-11-02&to=2026-11-01', 'lies after'],
    ['/?from=2020-01-01&to=2026-11-01', 'longer than 400 days'],
  ])('explains the bad range of %s', async (path, message) => {
    const response = await dashboard(growingProduct()).request(path);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(message);
  });

  test.each([
    ['answers 500', () => new Response('secret', { status: 500 }), 'The collector answered 500.'],
    ['answers no JSON', () => new Response('secret'), 'not JSON'],
    ['answers other JSON', () => Response.json({ secret: 1 }), 'something unexpected'],
    ['cannot be reached', () => Promise.reject(new Error('secret')), 'could not be reached'],
  ])('says that the collector %s, and tells the log', async (_, query, message) => {
    const errors: DashboardError[] = [];
    const app = createDashboard({ query, now, onError: (error) => errors.push(error) });
    const response = await app.request('/');
    const html = await response.text();
    expect(response.status).toBe(502);
    expect(html).toContain(message);
    expect(html).not.toContain('secret');
    expect(errors.map((error) => error.code)).toEqual(['ERR_QUERY']);
  });
});

describe('the document', () => {
  test('allows its own stylesheet by hash and nothing else', async () => {
    const response = await dashboard(growingProduct()).request('/');
    const html = await response.text();
    const style = /<style>([^]*)<\/style>/.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(response.headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(html).not.toMatch(/<script|\sstyle=|\son\w+=|https?:\/\//);
  });

  test('gives every chart a table, every input a label and every table its headings', async () => {
    const html = await page(growingProduct());
    const plots = html.match(/role="img"/g) ?? [];
    expect(plots).toHaveLength(2);
    expect(html.match(/role="img"\s+aria-label="[^"]*The table has the numbers\."/g)).toHaveLength(2);
    for (const table of html.match(/<table>[^]*?<\/table>/g) ?? []) expect(table).toContain('scope="col"');
    for (const [input] of html.matchAll(/<input(?![^>]*type="hidden")[^>]*>/g)) {
      expect(html).toMatch(
        new RegExp(`<label[^>]*>\\s*[\\w ]+\\s*${input.replaceAll(/[.*+?^$()[\]|\\]/g, '\\$&')}`),
      );
    }
  });
});
