import { createHash } from 'node:crypto';
import { entry, files } from '@candor/playground';
import { fields, formatPath } from '@candor/schema';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDashboard, type DashboardError, type ProductInfo } from '../src/index.js';
import { type Installation, queryApi, storeOf, usualFleet } from './support/fleet.js';
import { clock, dashboard, textOf } from './support/pages.js';

const hostile = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`;

describe('overview', () => {
  test('counts installations of a closed day, week and month, each with the one before', async () => {
    const text = await textOf(await dashboard(), '/');
    expect(text).toContain('In a day 30 29 Nov 2026 +0.0% on the day before');
    expect(text).toContain('In a week 30 week of 23 Nov 2026 +0.0% on the week before');
    // November is not over: the month that is shown is October, beside September.
    expect(text).toContain('In a month 30 October 2026');
  });

  test('says how far the newest release has come', async () => {
    const text = await textOf(await dashboard(), '/');
    expect(text).toContain(
      'On the newest release, 3.2.0 33.3% of 30 installations on 29 Nov first seen on 2 Nov',
    );
  });

  test('shades a day without reports instead of drawing a drop', async () => {
    const app = await dashboard();
    const html = await (await app.request('/?period=day&from=2026-11-10&to=2026-11-29')).text();
    expect(html.match(/<rect\s+class="gap"/g)).toHaveLength(1);
    expect(html).toContain('18 Nov 2026: no reports arrived');
    expect(await textOf(app, '/?period=day&from=2026-11-10&to=2026-11-29')).toContain(
      'No report arrived on 1 day',
    );
  });

  test.each([
    ['of a week', '2026-11-23', 'In a week 30 week of 23 Nov 2026 +0.0% on the week before'],
    ['of a month', '2026-10-01', 'In a month 30 October 2026'],
  ])('counts the busiest day where all reports of the first day %s were refused', async (_, outage, said) => {
    const api = queryApi(await storeOf(usualFleet(), 'notes', outage));
    const app = createDashboard({ query: (path) => api.request(path), clock });
    expect(await textOf(app, '/')).toContain(said);
    const period = said.includes('month') ? 'month' : 'week';
    const html = await (await app.request(`/?product=notes&period=${period}`)).text();
    expect(html).toMatch(
      new RegExp(`${period === 'month' ? 'October 2026' : 'week of 23 Nov 2026'}: 30 installations`),
    );
  });

  test('draws a period that is not over apart, and leaves it out of the comparison', async () => {
    const app = await dashboard(undefined, { clock: () => Date.parse('2026-11-29T10:00:00Z') });
    const html = await (await app.request('/')).text();
    expect(html.match(/class="bar partial"/g)).toHaveLength(1);
    expect(await textOf(app, '/')).toContain('In a week 30 week of 16 Nov 2026');
  });

  test('groups versions by minor release', async () => {
    const app = await dashboard();
    expect(await textOf(app, '/')).toMatch(/3\.2\.0 33\.3% \+0\.0|3\.2\.0 33\.3% ±0/);
    const grouped = await textOf(app, '/?product=notes&group=minor');
    expect(grouped).toMatch(/3\.1 33\.3%/);
    expect(grouped).not.toContain('3.1.4');
  });

  test('looks only at installations that meet a condition', async () => {
    const where = encodeURIComponent(JSON.stringify({ path: 'providers.file' }));
    const text = await textOf(await dashboard(), `/?where=${where}`);
    expect(text).toContain('Among installations where providers.file is set');
    expect(text).toContain('In a week 6 week of 23 Nov 2026');
  });

  test('shows ages and changes with their denominators', async () => {
    const text = await textOf(await dashboard(), '/');
    expect(text).toContain('How long 30 installations have been running, week of 23 Nov 2026');
    // One installation says so every day; it is one of thirty, and was so on seven days.
    expect(text).toContain('week of 23 Nov 2026 7 3.3% of 210 ≤ 23.3% of 30');
  });
});

describe('features', () => {
  test('answers the questions of the maintainer first, with shares of installations', async () => {
    const product = (): { questions: { title: string; path: string }[] } => ({
      questions: [{ title: 'Providers in use', path: 'providers' }],
    });
    const text = await textOf(await dashboard(undefined, { product }), '/features');
    expect(text).toContain('30 installations reported, week of 23 Nov 2026. Each share is of all of them');
    expect(text).toMatch(/docker 50\.0% ±0 15 file 20\.0% ±0 6/);
  });

  test('heads a question by its title, else by what the field list says of it', async () => {
    const described = fields({
      type: 'object',
      export: true,
      properties: {
        providers: { type: 'object', export: true, description: 'Where routes come from.', why: 'Which?' },
      },
    });
    const headed = async (questions: ProductInfo['questions']): Promise<string> =>
      textOf(await dashboard(undefined, { product: () => ({ fields: described, questions }) }), '/features');
    expect(await headed([{ path: 'providers' }])).toContain(
      'Where routes come from Which? providers Shares of 30',
    );
    expect(await headed([{ path: 'providers', title: 'Providers in use' }])).toContain(
      'Providers in use Where routes come from. Which? providers Shares of 30',
    );
    expect(await headed([{ path: 'metrics' }])).toContain('metrics None of 30 installations used any');
    expect(await headed(undefined)).toContain('Where routes come from Which? providers Shares of 30');
  });

  test.each([
    [
      'members that hold values',
      'log',
      /level &quot;INFO&quot; 90\.0% ±0 27 level &quot;DEBUG&quot; 10\.0% ±0 3/,
    ],
    ['a switch', 'providers.docker', /watch 26\.7% ±0 8 watch false 23\.3% ±0 7/],
    ['a path that holds values itself', 'log.level', /level &quot;INFO&quot; 90\.0% ±0 27/],
  ])('answers a question about %s', async (_, path, rows) => {
    const app = await dashboard(undefined, { product: () => ({ questions: [{ path }] }) });
    expect(await textOf(app, '/features')).toMatch(rows);
  });

  test('shows the sections that are in use where nobody asked', async () => {
    expect(await textOf(await dashboard(), '/features')).toMatch(/providers Shares of 30.*docker 50\.0%/);
  });
});

describe('explore', () => {
  test('shows every path as a tree, and finds by words', async () => {
    const app = await dashboard();
    const all = await textOf(app, '/explore');
    expect(all).toContain('docker 50.0%');
    const found = await textOf(app, '/explore?q=file');
    expect(found).toContain('file 20.0%');
    expect(found).not.toContain('docker 50.0%');
  });

  test('crosses two settings', async () => {
    const text = await textOf(await dashboard(), '/explore?one=log.level&other=providers.docker.watch');
    expect(text).toContain('&quot;DEBUG&quot; 33.3% 1 66.7% 2 3');
  });

  test('compares two ranges of any length, by shares of the installations of their periods', async () => {
    const app = await dashboard();
    const range = 'from=2026-11-16&to=2026-11-29';
    // The first twenty installations report from the start, the others came one a day in September and October.
    const text = await textOf(app, `/explore?${range}&other-from=2026-09-07&other-to=2026-09-20`);
    expect(text).toContain('16 Nov 2026 to 29 Nov 2026, as chosen above, beside another range');
    expect(text).toMatch(/7 Sept–20 Sept of 20 a week 2 weeks 16 Nov–29 Nov of 30 a week 2 weeks Change/);
    expect(text).toMatch(/limits\.size 210 0% 3\.3% \+3\.3/);
    expect(text).toMatch(/limits\.size 10 5\.0% 3\.3% −1\.7/);
    const days = await textOf(app, `/explore?period=day&${range}&other-from=2026-09-07&other-to=2026-09-07`);
    expect(days).toMatch(/7 Sept–7 Sept of 20 a day 1 day 16 Nov–29 Nov of 30 a day 13 days/);
  });

  test('offers the periods before for comparing, and says when a range has no reports', async () => {
    const app = await dashboard();
    const html = await (await app.request('/explore?from=2026-11-16&to=2026-11-29')).text();
    expect(html).toMatch(/name="other-from"\s+value="2026-10-19"/);
    const empty = await textOf(app, '/explore?other-from=2026-01-05&other-to=2026-01-11');
    expect(empty).toContain(
      'No installation reported in a week that is over, from 5 Jan 2026 to 11 Jan 2026',
    );
    for (const wrong of ['other-from=2026-11-31', 'other-from=2026-09-07&other-to=2026-08-01']) {
      expect((await app.request(`/explore?${wrong}`)).status).toBe(400);
    }
  });
});

describe('a chart', () => {
  test.each([
    ['/', /As a table Period \(UTC\) Installations .*week of 23 Nov 2026 30 week of 16 Nov 2026 30/],
    ['/', /As a table Period \(UTC\) 3\.2\.0 3\.1\.4 3\.0\.1 week of 23 Nov 2026 33\.3% /],
    [
      '/field?path=providers.docker',
      /As a table Period \(UTC\) Share Installations week of 23 Nov 2026 50\.0% 15 of 30/,
    ],
  ])('has a table of its numbers behind it: %s', async (path, table) => {
    expect(await textOf(await dashboard(), path)).toMatch(table);
  });
});

describe('what is collected', () => {
  const schema = {
    type: 'object',
    export: true,
    properties: {
      port: { type: 'integer', export: { bucket: [1024] }, description: 'The port.', why: 'Is it low?' },
      secret: { type: 'string' },
      ['__proto__']: { type: 'boolean', export: true, description: hostile },
    },
  };
  const list = fields(schema);

  test('lists the fields of the field list with what is done to them', async () => {
    const text = await textOf(
      await dashboard(undefined, { product: () => ({ fields: list }) }),
      '/collected',
    );
    expect(text).toContain('port The port. Is it low? in steps 1024 such as &quot;&gt;=1024&quot;');
    expect(text).toContain('secret : whether it is set');
    expect(text).toContain('DO_NOT_TRACK=1');
    expect(text).toContain('hash of the configuration, under a random key that is thrown away');
    expect(text).toContain('its configuration is not known here, so it cannot be tried');
  });

  test('has a place for a configuration where the schema is known', async () => {
    const app = await dashboard(undefined, { product: () => ({ fields: list, schema }) });
    const response = await app.request('/collected');
    const html = await response.text();
    expect(html).toContain('data-schema="./collected/schema.js?product=notes"');
    expect(html.match(/<script[^>]*>/g)).toEqual([`<script type="module" src="./collected/${entry}">`]);
    expect(html).toContain('<code>notes usage preview</code>');
    expect(html).not.toContain(hostile);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; ");
    expect(policy).toContain("; script-src 'self'; require-trusted-types-for 'script'; ");
    expect(policy).not.toMatch(/connect-src|unsafe|\*/);
  });

  test('serves the script, which a browser may keep, and the schema, which it may not', async () => {
    const app = await dashboard(undefined, {
      product: (name) => (name === 'notes' ? { fields: list, schema } : undefined),
    });
    for (const [name, text] of Object.entries(files)) {
      const file = await app.request(`/collected/${name}`);
      expect(file.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect(file.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
      expect(await file.text()).toBe(text);
    }
    const module = await app.request('/collected/schema.js?product=notes');
    expect(module.headers.get('cache-control')).toBe('no-store');
    const source = Buffer.from(await module.text()).toString('base64');
    const { default: read } = (await import(`data:text/javascript;base64,${source}`)) as {
      default: object;
    };
    expect(fields(read as typeof schema).digest).toBe(list.digest);
  });

  test.each(['schema.js', 'schema.js?product=other', 'box.js', '__proto__', 'toString', '..%2Findex.js'])(
    'has no file %s',
    async (name) => {
      const app = await dashboard(undefined, {
        product: (known) => (known === 'notes' ? { fields: list, schema } : undefined),
      });
      expect((await app.request(`/collected/${name}`)).status).toBe(404);
    },
  );

  test('sends the script compressed', async () => {
    const app = await dashboard();
    const file = await app.request(`/collected/${entry}`, { headers: { 'accept-encoding': 'gzip' } });
    expect(file.headers.get('content-encoding')).toBe('gzip');
  });
});

describe('health', () => {
  test('says what was refused and which command lets it in', async () => {
    const health = () => ({
      accepted: 12_000,
      removed: 3,
      uncounted: 40,
      refused: { 'rate-limited': 2, 'unknown-fields': 7 },
      unknown: [{ product: 'notes', fields: 'ab'.repeat(32), count: 7 }],
    });
    const text = await textOf(await dashboard(undefined, { health }), '/health');
    expect(text).toContain('Reports accepted 12,000');
    expect(text).toContain('Requests refused 9');
    expect(text).toMatch(/7 reports of notes with a field list that is not registered.*product add notes/);
  });
});

describe('hostile data', () => {
  const fleet: Installation[] = [
    {
      since: '2026-11-01',
      versionAt: () => hostile,
      facts: [
        { path: formatPath(['providers', hostile]), value: true },
        { path: 'log.level', value: hostile },
        { path: hostile, value: hostile },
      ],
    },
  ];

  test.each([
    '/',
    '/features',
    '/explore',
    `/explore?q=${encodeURIComponent(hostile)}&one=log.level&other=${encodeURIComponent(hostile)}`,
    `/field?path=${encodeURIComponent(hostile)}`,
    `/field.svg?path=${encodeURIComponent(hostile)}`,
    '/collected',
    '/health',
  ])('is escaped in %s', async (path) => {
    const app = await dashboard(fleet, {}, hostile);
    const html = await (await app.request(path)).text();
    expect(html).not.toMatch(/<script|<img/);
    expect(html).not.toContain(`"'>`);
  });
});

describe('without numbers', () => {
  test('teaches the first steps, to the address that was asked', async () => {
    const app = createDashboard({ query: () => Response.json({ products: [] }), clock });
    const html = await (await app.request('http://127.0.0.1:4318/')).text();
    expect(html).toContain('First steps');
    expect(html).toContain('http://127.0.0.1:4318/v1/reports');
    expect(html).toContain('candor-server product add');
    expect(html).not.toContain("consent: 'on'");
  });

  test('leads from an empty range to the days that have reports', async () => {
    const text = await textOf(await dashboard(), '/?from=2025-01-06&to=2025-01-31');
    expect(text).toContain('No installation of notes reported');
  });

  test.each([
    ['/?from=2026-11-31', 400, 'must be a day'],
    ['/?from=2026-11-20&to=2026-11-01', 400, 'lies after'],
    ['/?from=2020-01-01&to=2026-11-01', 400, 'longer than'],
    ['/?where=hunter2', 400, '&quot;where&quot;'],
    ['/?product=other', 404, 'Unknown product'],
  ])('explains what is wrong with %s', async (path, status, message) => {
    const response = await (await dashboard()).request(path);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(message);
  });

  test.each([
    ['?path=a&from=yesterday', 400, '"from" must be a day'],
    ['?path=a&product=other', 404, 'No report of this product'],
  ])('explains in plain text what is wrong with an image, %s', async (search, status, message) => {
    const response = await (await dashboard()).request(`/field.svg${search}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      status,
      'text/plain; charset=UTF-8',
    ]);
    expect(await response.text()).toMatch(new RegExp(`^[^<&]*${message}[^<&]*\n$`));
  });

  test('says in plain text that there is nothing to draw, or no collector to ask', async () => {
    for (const [status, query] of [
      [404, () => Promise.resolve(Response.json({ products: [] }))],
      [502, () => Promise.reject(new Error('secret'))],
    ] as const) {
      const response = await createDashboard({ query, clock }).request('/field.svg?path=a');
      expect([response.status, response.headers.get('content-type')]).toEqual([
        status,
        'text/plain; charset=UTF-8',
      ]);
      expect(await response.text()).not.toMatch(/<|secret/);
    }
  });

  test('tells the log nothing of what the reader got wrong', async () => {
    const errors: DashboardError[] = [];
    const query = () => Promise.resolve(Response.json({ products: [] }));
    const app = createDashboard({ query, clock, onError: (error) => errors.push(error) });
    expect((await app.request('/field.svg?path=a')).status).toBe(404);
    expect(errors).toEqual([]);
  });

  test.each([
    ['answers 500', () => new Response('secret', { status: 500 }), 'The collector answered 500.'],
    ['answers no JSON', () => new Response('secret'), 'not JSON'],
    ['answers other JSON', () => Response.json({ secret: 1 }), 'something unexpected'],
    ['cannot be reached', () => Promise.reject(new Error('secret')), 'could not be reached'],
  ])('says that the collector %s, and tells the log', async (_, query, message) => {
    const errors: DashboardError[] = [];
    const app = createDashboard({ query, clock, onError: (error) => errors.push(error) });
    onTestFinished(() => expect(errors.map(({ code }) => code)).toEqual(['ERR_QUERY']));
    const response = await app.request('/');
    const html = await response.text();
    expect(response.status).toBe(502);
    expect(html).toContain(message);
    expect(html).not.toContain('secret');
  });
});

describe('the document', () => {
  test('allows its own stylesheet by hash and nothing else', async () => {
    const response = await (await dashboard()).request('/');
    const html = await response.text();
    const style = /<style>([^]*)<\/style>/.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(response.headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(html).not.toMatch(/<script|\sstyle=|\son\w+=|https?:\/\//);
  });

  test('lets the keyboard reach the number of each mark, and gives every table its headings', async () => {
    const html = await (await (await dashboard()).request('/')).text();
    const marks = html.match(/<g class="mark"[^>]*>/g) ?? [];
    expect(marks.length).toBeGreaterThan(12);
    for (const mark of marks) expect(mark).toMatch(/tabindex="0" role="img" aria-label="[^"]+"/);
    for (const table of html.match(/<table>[^]*?<\/table>/g) ?? []) expect(table).toContain('scope="col"');
  });
});
