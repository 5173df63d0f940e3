import { entry } from '@candor/playground';
import { fields, type JsonSchema } from '@candor/schema';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { createCollectedPages, type ProductInfo } from '../src/index.js';

const schema: JsonSchema = {
  type: 'object',
  export: true,
  properties: { theme: { enum: ['dark', 'light'], export: true, description: 'How it looks.' } },
};
const notes: ProductInfo = { fields: fields(schema), schema };

function pages(products: Readonly<Record<string, ProductInfo>>, publicNumbers: string[] = []): Hono {
  const app = new Hono();
  app.route('/', createCollectedPages({ products: () => new Map(Object.entries(products)), publicNumbers }));
  app.all('*', (c) => c.text('for the operator', 401));
  return app;
}

test('everybody reads what is collected of a public product, the same bytes with and without a token', async () => {
  const app = pages({ notes });
  const response = await app.request('/collected?product=notes');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(response.headers.get('cache-control')).toBe('public, max-age=300');
  const html = await response.text();
  expect(html).toContain('What notes collects');
  expect(html).toContain('How it looks.');
  expect(html).not.toContain('/public/');
  const headers = { authorization: 'Bearer operator' };
  expect(await (await app.request('/collected?product=notes', { headers })).text()).toBe(html);
  expect(await (await app.request('/collected')).text()).toBe(html);
  expect((await app.request(`/collected/${entry}`)).status).toBe(200);
  expect((await app.request('/collected/schema.js?product=notes')).status).toBe(200);
});

test('any other product stays with the operator, whether it is known or not', async () => {
  for (const app of [pages({}), pages({ notes })]) {
    for (const path of [
      '/collected?product=secret',
      '/collected/schema.js?product=secret',
      '/collected?product=',
    ]) {
      expect(await (await app.request(path)).text(), path).toBe('for the operator');
    }
  }
  expect((await pages({}).request('/collected')).status).toBe(401);
});

test('several public products are listed, and numbers are linked where they are public', async () => {
  const app = pages({ notes, 'my-gateway': notes }, ['notes']);
  const list = await (await app.request('/collected')).text();
  expect(list).toContain('./collected?product=notes');
  expect(list).toContain('./collected?product=my-gateway');
  expect(await (await app.request('/collected?product=notes')).text()).toContain('./public/notes');
  expect(await (await app.request('/collected?product=my-gateway')).text()).not.toContain('./public/');
});
