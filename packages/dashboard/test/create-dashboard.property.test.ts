import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDashboard } from '../src/index.js';
import { growingProduct, queryApi } from './support/fixture.js';

/** The page when every text that can come from outside is this one. */
async function pageOf(text: string): Promise<string> {
  const fixture = growingProduct();
  fixture.versions = [{ day: '2026-11-29', version: text, count: 5 }];
  fixture.facts = {
    reports: 9,
    facts: [
      { path: 'providers.docker', value: text, count: 9 },
      { path: 'providers.docker', value: { [text]: [text] }, count: 3 },
    ],
  };
  const api = queryApi(fixture);
  const app = createDashboard({
    query: (path) => api.request(path),
    now: () => Date.parse('2026-11-29T10:00:00Z'),
  });
  const response = await app.request(
    `/?${new URLSearchParams({ path: 'providers', from: '2026-11-28' }).toString()}`,
  );
  expect(response.status).toBe(200);
  return await response.text();
}

function marks(html: string): string {
  return html.replaceAll(/[^<>"]/g, '');
}

test('no text from outside adds a tag or ends an attribute', async () => {
  const plain = marks(await pageOf('x'));
  const hostile = fc.stringMatching(/^[<>"'&/=`;a-z\u202E\0 -]{1,80}$/);
  await fc.assert(
    fc.asyncProperty(fc.oneof(hostile, fc.string({ unit: 'binary' })), async (text) => {
      expect(marks(await pageOf(text))).toBe(plain);
    }),
    { numRuns: 60 },
  );
});
