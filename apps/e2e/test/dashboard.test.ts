import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
}, 120_000);

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
async function open(options: Parameters<Browser['newPage']>[0]): Promise<{ page: Page; wrongs: string[] }> {
  const page = await browser!.newPage(options);
  const wrongs: string[] = [];
  page.on('console', (message) => wrongs.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => wrongs.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) wrongs.push(`request: ${request.url()}`);
  });
  await page.goto(url);
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
