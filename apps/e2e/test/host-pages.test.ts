import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { traefikV3 } from '@candor/traefik';
import { createUsageReporting, nodeHandler } from 'candor';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violationsOf } from './support/accessibility.js';
import { launchBrowser } from './support/browser.js';
import { run } from './support/run.js';

const command = fileURLToPath(new URL('../node_modules/candor/dist/cli/main.js', import.meta.url));
let browser: Browser | undefined;
let folder: string;
let server: Server;
const addresses = { operator: '', collected: '' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-pages-'));
  const usage = createUsageReporting({
    product: 'gateway',
    version: '3.7.0',
    schema: traefikV3,
    config: () => ({ api: {}, entryPoints: { web: { address: ':80' } } }),
    endpoint: 'http://127.0.0.1:9/v1/reports',
    consent: 'local',
    state: join(folder, 'state'),
    env: {},
  });
  await usage.start();
  await usage.reportNow();
  server = createServer(nodeHandler(usage));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  addresses.operator = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await run(process.execPath, [command, 'docs', 'traefik-v3'], { cwd: folder });
  addresses.collected = pathToFileURL(join(folder, 'collected.html')).href;
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each([
  [1280, 'light'],
  [360, 'dark'],
] as const)('at %s px, %s', (width, colorScheme) => {
  test.each(['operator', 'collected'] as const)('the page for %s keeps to WCAG 2.2 AA', async (name) => {
    const page = await browser!.newPage({ viewport: { width, height: 900 }, colorScheme });
    const wrongs: string[] = [];
    page.on('console', (message) => wrongs.push(message.text()));
    page.on('pageerror', (error) => wrongs.push(error.message));
    await page.goto(addresses[name]);
    await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
    expect(await violationsOf(page)).toEqual([]);
    const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    expect(overflow).toBe(0);
    expect(wrongs).toEqual([]);
    await page.close();
  });
});

test('the operator checks each step from the page', async () => {
  const page = await browser!.newPage();
  await page.goto(addresses.operator);
  await page.getByRole('button', { name: 'Check each step' }).click();
  await page.getByText('All is well.').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.close();
});
