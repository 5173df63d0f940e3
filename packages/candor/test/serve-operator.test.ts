import { startCollector, temporaryDirectory, type TestCollector } from '@candor/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createUsageReporting, type UsageReporting } from '../src/index.js';
import { createUntyped, hostOptions, sendOne } from './support/host.js';

const page = 'http://gateway:8080/admin/usage';

describe('fetch', () => {
  let collector: TestCollector;
  let usage: UsageReporting;

  beforeEach(async () => {
    collector = await startCollector();
    usage = createUsageReporting(hostOptions(collector.url, await temporaryDirectory()));
  });

  const get = (accept: string): Promise<Response> => usage.fetch(new Request(page, { headers: { accept } }));

  function post(action: string, headers: Record<string, string>): Promise<Response> {
    const body = new URLSearchParams({ action });
    return usage.fetch(new Request(page, { method: 'POST', body, headers }));
  }

  it('shows a page that runs nothing and that no other site can frame', async () => {
    await sendOne(usage, collector);
    const response = await get('text/html,*/*');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'nonce-/);
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
    const html = await response.text();
    expect(html).toContain('Anonymous usage is reported.');
    expect(html).toContain('&quot;secret&quot;: &quot;xxxx&quot;');
    expect(html).not.toMatch(/<script|hunter2/);
  });

  it('answers HEAD as GET', async () => {
    const response = await usage.fetch(new Request(page, { method: 'HEAD' }));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it('escapes what it shows', async () => {
    const directory = `${await temporaryDirectory()}/<img src=x>`;
    usage = createUsageReporting({
      ...hostOptions(collector.url, directory),
      program: '<script>alert(1)</script>',
    });
    const html = await (await get('text/html')).text();
    expect(html).not.toMatch(/<img|<script/);
    expect(html).toContain('&lt;img src=x&gt;');
  });

  it('answers with JSON where that is asked for', async () => {
    const sent = await sendOne(usage, collector);
    const response = await get('application/json');
    expect(response.headers.get('content-type')).toBe('application/json');
    const { status, log, report } = (await response.json()) as Record<string, unknown>;
    expect(status).toMatchObject({ mode: 'on', product: 'gateway' });
    expect(log).toMatchObject([{ event: 'sending', report: JSON.parse(sent) }, { event: 'accepted' }]);
    expect(report).toMatchObject({ product: 'gateway', configuration: { secret: 'xxxx' } });
  });

  it('shows why there is no next report', async () => {
    const broken = { ...hostOptions(collector.url, await temporaryDirectory()), config: () => 'hunter2' };
    usage = createUntyped(broken);
    expect(await (await get('text/html')).text()).toContain(
      'There is none: config(): expected an object, got string',
    );
    expect(await (await get('application/json')).json()).toMatchObject({ report: null });
  });

  it.each([
    ['Sec-Fetch-Site', { 'sec-fetch-site': 'same-origin' }],
    ['Origin', { origin: 'http://gateway:8080' }],
    ['Origin behind a proxy that ends TLS', { origin: 'https://gateway:8080', host: 'gateway:8080' }],
  ])('acts on its own page, known by %s', async (_, headers) => {
    const response = await post('off', headers);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('?');
    expect(await usage.status()).toMatchObject({ mode: 'off', decidedBy: 'operator' });
    expect((await post('on', headers)).status).toBe(303);
    expect(await usage.status()).toMatchObject({ mode: 'on' });
    expect((await post('clean', headers)).status).toBe(303);
  });

  it('names the new fields, how each leaves, and accepts them by one button', async () => {
    const directory = await temporaryDirectory();
    await sendOne(createUsageReporting(hostOptions(collector.url, directory)), collector);
    usage = createUsageReporting({ ...hostOptions(collector.url, directory), features: ['sso'] });
    expect((await usage.status()).newFields).not.toEqual([]);
    const html = await (await get('text/html')).text();
    expect(html).toMatch(/<button name="action" value="accept">Accept th(is field|ese \d+ fields)<\/button>/);
    expect(html).toContain('<td>one of sso</td>');
    expect((await post('accept', { 'sec-fetch-site': 'same-origin' })).status).toBe(303);
    expect((await usage.status()).newFields).toEqual([]);
    expect(await (await get('text/html')).text()).not.toContain('value="accept"');
  });

  it('tries each step of reporting by a button, and shows what was found', async () => {
    const own = { 'sec-fetch-site': 'same-origin' };
    collector.answer = (response) => void response.writeHead(503).end();
    const response = await post('doctor', own);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    const html = await response.text();
    expect(html).toContain('<p role="status">1 step fails.</p>');
    expect(html).toMatch(/<th scope="row">connection<\/th><td>ok<\/td>/);
    expect(html).toMatch(/<th scope="row">response<\/th><td>fails<\/td><td>[^<]+\(503\)/);
    expect(html).toContain('No report was made yet.');
    await usage.setMode('off');
    const quiet = await (await post('doctor', own)).text();
    expect(quiet).toContain('All is well. The mode is off: nothing is tried over the network.');
    expect(collector.received).toHaveLength(1);
    // A visit finds nothing, and asks nobody.
    expect(await (await get('text/html')).text()).not.toContain('Each step of reporting');
  });

  it('erases the own reports at the collector by a button, and says what is left', async () => {
    const own = { 'sec-fetch-site': 'same-origin' };
    await sendOne(usage, collector);
    collector.answer = (response) => void response.writeHead(404).end();
    const failed = await (await post('forget', own)).text();
    expect(failed).toMatch(/Erased at the collector: 0 reports\.\nStill to be erased: 1 report\.\nhttp:/);
    collector.answer = (response) => void response.writeHead(204).end();
    const response = await post('forget', own);
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html).toContain('<p class="lines" role="status">Erased at the collector: 1 report.</p>');
    expect(html).toContain('<td>forgotten</td>');
  });

  it.each([
    ['nothing says where from', {}],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    [
      'another site that claims the origin',
      { 'sec-fetch-site': 'cross-site', origin: 'http://gateway:8080' },
    ],
    ['a sibling', { 'sec-fetch-site': 'same-site' }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['another origin', { origin: 'http://evil.example' }],
    ['another port', { origin: 'http://gateway:81' }],
    ['a sandbox', { origin: 'null' }],
  ])('refuses to act when %s sent the form', async (_, headers) => {
    for (const action of ['off', 'doctor', 'forget']) {
      expect((await post(action, headers as Record<string, string>)).status).toBe(403);
    }
    expect(collector.received).toEqual([]);
    expect(await usage.status()).toMatchObject({ mode: 'on' });
  });

  it('refuses what is no form, no action of it, or another method', async () => {
    const own = { 'sec-fetch-site': 'same-origin' };
    const json = new Request(page, {
      method: 'POST',
      body: '{"action":"off"}',
      headers: { ...own, 'content-type': 'application/json' },
    });
    expect((await usage.fetch(json)).status).toBe(415);
    expect((await post('export', own)).status).toBe(400);
    expect((await post('off'.padEnd(2000), own)).status).toBe(413);
    const put = await usage.fetch(new Request(page, { method: 'PUT', headers: own }));
    expect(put.status).toBe(405);
    expect(put.headers.get('allow')).toBe('GET, HEAD, POST');
    expect(await usage.status()).toMatchObject({ mode: 'on' });
  });

  it('stops reading a form that is longer than any of its own', async () => {
    let read = 0;
    const body = new ReadableStream({
      pull(controller): void {
        read += 1;
        controller.enqueue(new Uint8Array(512).fill(97));
        if (read > 100_000) controller.close();
      },
    });
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' };
    const long = new Request(page, { method: 'POST', body, headers, duplex: 'half' });
    expect((await usage.fetch(long)).status).toBe(413);
    expect(read).toBeLessThan(10);
    const told = new Request(page, {
      method: 'POST',
      body: 'action=off',
      headers: { ...headers, 'content-length': '52428800' },
    });
    expect((await usage.fetch(told)).status).toBe(413);
  });

  describe('asked under a name', () => {
    const ask = (url: string, headers: Record<string, string> = {}): Promise<Response> =>
      usage.fetch(new Request(url, { headers: { accept: 'application/json', ...headers } }));

    it.each([
      ['http://evil.example/usage', {}],
      ['http://evil.example.:8080/usage', {}],
      ['http://127.0.0.1.evil.example/usage', {}],
      ['http://127.0.0.1/usage', { host: 'evil.example' }],
      ['http://evil.example/usage', { host: '127.0.0.1' }],
      ['http://admin.example.evil.example/usage', {}],
      ['http://127.0.0.1/usage', { host: 'a b' }],
    ] as [string, Record<string, string>][])(
      'that another site may have pointed here, it refuses to show or do anything: %s %o',
      async (url, headers) => {
        usage = createUsageReporting({
          ...hostOptions(collector.url, await temporaryDirectory()),
          pageHosts: ['admin.example'],
        });
        const response = await ask(url, headers);
        expect(response.status).toBe(421);
        expect(await response.text()).not.toContain('gateway');
        const body = new URLSearchParams({ action: 'off' });
        const same = { 'sec-fetch-site': 'same-origin', ...headers };
        expect((await usage.fetch(new Request(url, { method: 'POST', body, headers: same }))).status).toBe(
          421,
        );
        expect(await usage.status()).toMatchObject({ mode: 'on' });
      },
    );

    it.each([
      '127.0.0.1:81',
      '[::1]:81',
      '192.168.1.4',
      'localhost',
      'usage.localhost',
      'gateway',
      'admin.example',
      'ADMIN.example.:443',
    ])('of its own, it answers: %s', async (host) => {
      usage = createUsageReporting({
        ...hostOptions(collector.url, await temporaryDirectory()),
        pageHosts: ['admin.example'],
      });
      expect((await ask(`http://${host}/usage`)).status).toBe(200);
    });
  });

  it('shows masked values as masked, and control characters written out', async () => {
    usage = createUsageReporting({
      ...hostOptions(collector.url, await temporaryDirectory()),
      config: () => ({ port: 1e6, note: 'a\u202Eb\u2028c\u009bd', secret: 's', sites: {} }),
    });
    const html = await (await get('text/html')).text();
    expect(html).toContain('&quot;port&quot;: (masked, leaves as 0)');
    expect(html).toContain('a\\u202eb\\u2028c\\u009bd');
    const { output } = await usage.command(['preview']);
    expect(output).toContain('"port": (masked, leaves as 0)');
    expect(output).toContain('"secret": "xxxx"');
    // oxlint-disable-next-line no-control-regex -- those are what is looked for
    expect(html + output).not.toMatch(/[\u0080-\u009f\u2028\u202e]/);
    expect(JSON.parse((await usage.command(['preview', '--raw'])).output)).toMatchObject({
      configuration: { port: 0 },
    });
  });

  it('answers with an error, and no detail, where the state cannot be changed', async () => {
    usage = createUsageReporting(hostOptions(collector.url, '/dev/null/state'));
    const response = await post('off', { 'sec-fetch-site': 'same-origin' });
    expect(response.status).toBe(500);
    expect(await response.text()).toMatch(/^nothing was kept: .*ENOTDIR\n$/);
  });
});
