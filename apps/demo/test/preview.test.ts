import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { anonymizedText } from '../src/preview.js';

it('shows what the first page of the project promises', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const promised = /`npx candor preview apps\/demo\/traefik\.toml`[^`]*```toml\n([^`]*)```/.exec(readme)?.[1];
  const file = fileURLToPath(new URL('../traefik.toml', import.meta.url));
  expect(anonymizedText(file)).toBe(promised);
});
