import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { publishedExample } from '@candor/testing';
import { traefikV2 } from '@candor/traefik';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { installPacked } from './support/packed.js';
import { run } from './support/run.js';
import { bundlers, installTools } from './support/tools.js';

const sources = fileURLToPath(new URL('../bundles/', import.meta.url));
const { toml, anonymizedToml, yaml, anonymized } = publishedExample;
const texts = [
  { format: 'toml', text: toml },
  { format: 'yaml', text: yaml },
  { format: 'yaml', text: 'log: {level: !!binary REVCVUc=}\nping: {}' },
  { format: 'json', text: JSON.stringify({ providers: { docker: { network: 'someone@example.org' } } }) },
];

let work: string;
let page: string;
let tools: string;
let browser: Browser | undefined;
/** What the packages make of the texts in Node. */
let inNode: Record<string, unknown>;

interface Use {
  use(schema: unknown, texts: unknown): Promise<Record<string, unknown>>;
}

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'candor-browser-'));
  await installPacked(work, {});
  page = join(work, 'page.mjs');
  await cp(join(sources, 'page.mjs'), page);
  const { use } = (await import(/* @vite-ignore */ pathToFileURL(page).href)) as Use;
  inNode = JSON.parse(JSON.stringify(await use(traefikV2, texts))) as Record<string, unknown>;
  tools = await installTools(bundlers);
  await cp(join(sources, 'build-page.mjs'), join(tools, 'build-page.mjs'));
  browser = await launchBrowser();
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await rm(work, { recursive: true, force: true });
});

test('in Node the example comes out as published', () => {
  const [first] = inNode.results as { shown: string; anonymized: unknown }[];
  expect(first).toMatchObject({ shown: anonymizedToml, anonymized, quick: anonymized });
});

describe('a bundle for browsers has none of Node, and makes the same', () => {
  test.each(['esbuild', 'rollup', 'rolldown', 'vite', 'webpack'])(
    '%s',
    async (bundler) => {
      const folder = join(work, bundler);
      await mkdir(folder);
      const file = await run(process.execPath, ['build-page.mjs', bundler, page, folder], { cwd: tools });
      const script = await readFile(file, 'utf8');
      const imported = [...script.matchAll(/(?:\bfrom|\bimport|\brequire\()\s*["']([^"']+)["']/g)];
      const names = imported.map((match) => match[1]!.replace(/^node:/, ''));
      expect(names.filter((name) => builtinModules.includes(name))).toEqual([]);

      const tab = await browser!.newPage();
      const wrongs: string[] = [];
      tab.on('console', (message) => wrongs.push(message.text()));
      tab.on('pageerror', (error) => wrongs.push(error.message));
      await tab.addScriptTag({ content: script, type: 'module' });
      const inBrowser = await tab.evaluate(
        ([schema, given]) =>
          // oxlint-disable-next-line no-undef
          (globalThis as unknown as { candor: Use }).candor.use(schema, given),
        [traefikV2, texts] as const,
      );
      expect(wrongs).toEqual([]);
      expect(inBrowser).toEqual({ ...inNode, file: ['files cannot be read here; expected the text'] });
      await tab.close();
    },
    300_000,
  );
});
