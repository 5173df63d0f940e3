import { createReadStream } from 'node:fs';
import { lstat, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOf } from './support/accessibility.js';
import { launchBrowser } from './support/browser.js';
import { run } from './support/run.js';
import { installTools, type Packages } from './support/tools.js';

const site = fileURLToPath(new URL('../../../docs/site/', import.meta.url));
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };
let folder: string;
let server: Server;
let url: string;
let browser: Browser | undefined;

beforeAll(async () => {
  const manifest = JSON.parse(await readFile(join(site, 'package.json'), 'utf8')) as {
    dependencies: Packages;
  };
  const modules = join(site, 'node_modules');
  const tools = await installTools(manifest.dependencies);
  // A link of an earlier run may lead to other versions, or nowhere.
  const isFolder = await lstat(modules).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    await rm(modules, { force: true });
    await symlink(join(tools, 'node_modules'), modules);
  }
  folder = await mkdtemp(join(tmpdir(), 'candor-site-'));
  await run(process.execPath, ['copy-pages.js'], { cwd: site });
  const vitepress = join(modules, 'vitepress/bin/vitepress.js');
  await run(process.execPath, [vitepress, 'build', '.', '--outDir', folder], { cwd: site });
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = path.endsWith('/') ? `${path}index.html` : extname(path) === '' ? `${path}.html` : path;
    response.setHeader('content-type', types[extname(file)] ?? 'text/html');
    createReadStream(join(folder, file))
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
}, 600_000);

afterAll(async () => {
  await browser?.close();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(
  path: string,
  width = 1280,
): Promise<{ page: Page; requests: string[]; wrongs: string[] }> {
  const page = await browser!.newPage({ viewport: { width, height: 900 } });
  const requests: string[] = [];
  const wrongs: string[] = [];
  page.on('console', (message) => wrongs.push(message.text()));
  page.on('pageerror', (error) => wrongs.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(url + path);
  await page.waitForLoadState('networkidle');
  return { page, requests, wrongs };
}

test.each(['/', '/docs/privacy-model', '/docs/decisions/', '/packages/candor/', '/packages/schema/'])(
  'the page %s is one of the repository',
  async (path) => {
    const { page, wrongs } = await open(path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    expect(wrongs).toEqual([]);
    await page.close();
  },
);

test.each([1280, 360])(
  'the playground shows what leaves of a configuration by a schema (%s px)',
  async (width) => {
    const { page, requests, wrongs } = await open('/playground', width);
    await page.getByText('"cacheSize": "100..1000"').waitFor();
    const row = page.locator('.lines tbody tr', { hasText: 'motd' });
    expect(await row.locator('td').allTextContents()).toEqual([
      'motd = "ask ops@example.org, or see https://wiki.example.org"',
      'motd = "ask xxxx, or see xxxx"',
      'scrubbed: holds what looks like an e-mail address and a URL',
    ]);
    expect(await violationsOf(page, '.playground')).toEqual([]);
    const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    expect(overflow).toBe(0);

    const before = requests.length;
    await page.getByRole('textbox', { name: 'Configuration' }).fill('log: {level: info}');
    await page.getByText('1 exported.').waitFor();
    await page.getByRole('textbox', { name: 'Schema' }).fill('{');
    await page.getByRole('alert').waitFor();
    expect(requests.slice(before)).toEqual([]);
    expect(wrongs).toEqual([]);
    await page.close();
  },
);

test('the schema can be written in Zod', async () => {
  const { page, wrongs } = await open('/playground');
  await page.getByLabel('Language of the schema').selectOption('zod');
  await page
    .getByRole('textbox', { name: 'Schema' })
    .fill(
      "z.object({ cacheSize: z.int().meta({ export: 'count' }).or(z.array(z.int())) }).meta({ export: true })",
    );
  await page.getByRole('textbox', { name: 'Configuration' }).fill('cacheSize: 7');
  await page.locator('.lines').getByText('masked: no tag').waitFor();
  await page
    .getByRole('textbox', { name: 'Schema' })
    .fill('z.object({ cacheSize: z.int().meta({ export: true }) }).meta({ export: true })');
  await page.locator('.lines').getByText('exported').waitFor();
  expect(wrongs).toEqual([]);
  await page.close();
});
