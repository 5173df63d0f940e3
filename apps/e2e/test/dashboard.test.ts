import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violationsOf } from './support/accessibility.js';
import { launchBrowser } from './support/browser.js';

const demoMain = fileURLToPath(import.meta.resolve('demo/main.js'));
// The demo as a user runs it, with a small fleet; in plain text, since a machine that says `CI` gets colour.
const demo = spawn(process.execPath, [demoMain, '--installations', '40'], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, NO_COLOR: '1' },
});
let url: string;
let browser: Browser | undefined;

beforeAll(async () => {
  browser = await launchBrowser();
  let found: string | undefined;
  for await (const line of createInterface({ input: demo.stdout })) {
    found = /Dashboard +(http:\S+)/.exec(line)?.[1] ?? found;
    if (line.startsWith('Press Ctrl-C')) break;
  }
  if (found === undefined) throw new Error('the demo ended before it printed an address');
  url = found;
});

afterAll(async () => {
  await browser?.close();
  if (demo.exitCode === null) {
    const ended = once(demo, 'exit');
    demo.kill('SIGINT');
    await ended;
  }
  expect(demo.exitCode).toBe(0);
});

/** Opens the dashboard, and collects what a page must not do. */
async function open(
  options: Parameters<Browser['newPage']>[0],
  path = '',
): Promise<{ page: Page; wrongs: string[] }> {
  const page = await browser!.newPage(options);
  const wrongs: string[] = [];
  page.on('console', (message) => wrongs.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => wrongs.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) wrongs.push(`request: ${request.url()}`);
  });
  await page.goto(url + path);
  return { page, wrongs };
}

describe('the dashboard in a browser', () => {
  test.each([
    ['wide, light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
    ['narrow, dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
    ['without scripts', { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false }],
  ] as const)('shows the fleet: %s', async (_, options) => {
    const { page, wrongs } = await open(options);
    await expect
      .poll(() => page.getByRole('heading', { name: 'Active installations' }).isVisible())
      .toBe(true);
    for (const name of ['Versions', 'Ages and changes']) {
      expect(await page.getByRole('heading', { name }).first().isVisible(), name).toBe(true);
    }
    expect(await page.locator('svg').first().isVisible()).toBe(true);
    const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    expect(overflow).toBe(0);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  test('answers for another range by its form', async () => {
    const { page, wrongs } = await open({ viewport: { width: 1280, height: 900 } });
    const before = await page.locator('main').textContent();
    await page.getByLabel('From').fill(new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10));
    await page.getByRole('button').first().click();
    await page.waitForURL(/from=/);
    expect(await page.locator('main').textContent()).not.toBe(before);
    expect(wrongs).toEqual([]);
    await page.close();
  });
});

const pages = [
  '',
  'features',
  'field?path=providers.docker',
  'field?path=log.level',
  'explore?one=log.level&other=api&other-from=2026-01-05&other-to=2026-11-20',
  'explore?where=%7B%22path%22%3A%22providers.docker%22%2C%22value%22%3Atrue%7D',
  'health',
  'collected',
  'first-steps',
  '?from=yesterday',
];

describe.each([
  ['wide', 1280, 'light'],
  ['narrow', 360, 'light'],
  ['wide', 2560, 'dark'],
  ['narrow', 360, 'dark'],
] as const)('each page, %s (%s px), %s', (_, width, colorScheme) => {
  test.each(pages)('/%s keeps to WCAG 2.2 AA and to its policy', async (path) => {
    const { page, wrongs } = await open({ viewport: { width, height: 900 }, colorScheme }, path);
    await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
    expect(await violationsOf(page)).toEqual([]);
    const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    expect(overflow).toBe(0);
    expect(wrongs.filter((wrong) => !/status of 400/.test(wrong))).toEqual([]);
    await page.close();
  });
});

describe('a configuration that is pasted', () => {
  const text = [
    '[log]',
    '  level = "DEBUG"',
    '  filePath = "/home/alice/traefik.log"',
    '[providers.docker]',
    '  endpoint = "tcp://10.1.2.3:2375"',
    '  unknownKey = "hunter2"',
  ].join('\n');

  /** What each row of the table says. */
  async function rowsOf(page: Page): Promise<string[][]> {
    await page.locator('table.lines').waitFor();
    return page
      .locator('table.lines tbody tr')
      .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
  }

  test.each([
    ['light', 1280],
    ['dark', 360],
  ] as const)('is anonymized in the browser and never leaves it (%s, %s px)', async (colorScheme, width) => {
    const { page, wrongs } = await open({ viewport: { width, height: 900 }, colorScheme }, 'collected');
    await page.waitForLoadState('networkidle');
    const requests: string[] = [];
    // Of every kind, of workers and beacons too.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.enable');
    devtools.on('Network.requestWillBeSent', ({ request }) => requests.push(request.url));
    devtools.on('Network.webSocketCreated', (socket) => requests.push(socket.url));

    await page.getByLabel('Your configuration').focus();
    await page.keyboard.insertText(text);
    expect(await rowsOf(page)).toEqual([
      ['[log]', '[log]', ''],
      ['  level = "DEBUG"', '  level = "DEBUG"', 'exported'],
      ['  filePath = "/home/alice/traefik.log"', '  filePath = "xxxx"', 'masked: no tag'],
      ['[providers.docker]', '[providers.docker]', ''],
      ['  endpoint = "tcp://10.1.2.3:2375"', '  endpoint = "xxxx"', 'masked: no tag'],
      ['  unknownKey = "hunter2"', '', 'left out: not in the schema'],
    ]);
    expect(await violationsOf(page)).toEqual([]);

    await page.getByLabel('Format').selectOption('json');
    await page.getByText('line 1: not valid JSON').waitFor();
    await page.getByLabel('Format').selectOption('guess');
    await page.getByLabel('Your configuration').fill('log: {level: INFO}');
    await page.getByText('Read as YAML. 1 exported.').waitFor();
    expect(requests).toEqual([]);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  test('cannot be sent by a script of the page either', async () => {
    const { page, wrongs } = await open({ viewport: { width: 1280, height: 900 } }, 'collected');
    await page.waitForLoadState('networkidle');
    const address = JSON.stringify(`${url}?pasted`);
    const sent = await page.evaluate(`Promise.all([
      fetch(${address}).then(() => 'sent', () => 'refused'),
      new Promise((resolve) => {
        const image = new Image();
        image.onload = () => resolve('sent');
        image.onerror = () => resolve('refused');
        image.src = ${address};
      }),
    ])`);
    expect(sent).toEqual(['refused', 'refused']);
    expect(wrongs.filter((wrong) => !/Content Security Policy/.test(wrong))).toEqual([]);
    await page.close();
  });

  test('without script, the page says how to see the same', async () => {
    const { page, wrongs } = await open(
      { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
      'collected',
    );
    expect(await page.locator('#playground').textContent()).toMatch(
      /It needs JavaScript\. Without, traefik usage preview\s+shows the same/,
    );
    expect(await page.locator('textarea').count()).toBe(0);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  test('needs less than 100 kB of script, and none of it before the box is in view', async () => {
    const { page } = await open({ viewport: { width: 1280, height: 900 } }, 'health');
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.enable');
    const sizes = new Map<string, number>();
    const addresses = new Map<string, string>();
    devtools.on('Network.responseReceived', ({ requestId, response }) =>
      addresses.set(requestId, response.url),
    );
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      sizes.set(addresses.get(requestId) ?? '', encodedDataLength),
    );
    await page.goto(`${url}collected`);
    await page.waitForLoadState('networkidle');
    const scripts = [...sizes].filter(([address]) => /\/collected\/[\w-]+\.js$/.test(address));
    expect(scripts).toHaveLength(2);
    expect(scripts.reduce((sum, [, size]) => sum + size, 0)).toBeLessThan(100_000);
    await page.close();
  });
});
