import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { files } from '@candor/playground';
import type { JsonSchema } from '@candor/schema';
import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';

/**
 * Serves the script of the page of what is collected, and the schemas of products as modules for it. What it does not have
 * is left to the handlers after it.
 */
export function scriptFiles(schemaOf: (product: string) => JsonSchema | undefined): Hono {
  const app = new Hono();
  const smallest = createBrotli();
  app.use(compress());
  app.get('/schema.js', (c, next) => {
    const schema = schemaOf(c.req.query('product') ?? '');
    if (schema === undefined) return next();
    c.header('Cache-Control', 'no-store');
    // As a text that is parsed: in a literal, `__proto__` would be no key like others.
    const text = JSON.stringify(JSON.stringify(schema));
    return script(c, `export default JSON.parse(${text});\n`);
  });
  app.get('/:file', async (c, next) => {
    const name = c.req.param('file');
    if (!Object.hasOwn(files, name)) return next();
    // Its name has a digest of the content.
    c.header('Cache-Control', 'private, max-age=31536000, immutable');
    const isBrotliFine = /(^|,) *br *(,|$)/.test(c.req.header('accept-encoding') ?? '');
    if (!isBrotliFine) return script(c, files[name] ?? '');
    c.header('Content-Encoding', 'br');
    c.header('Vary', 'Accept-Encoding');
    return script(c, await smallest(name));
  });
  return app;
}

/** Creates the function that compresses a file with Brotli, each once: a seventh less than gzip, for a second of work. */
function createBrotli(): (name: string) => Promise<Uint8Array<ArrayBuffer>> {
  const compressed = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  return (name) => {
    const known =
      compressed.get(name) ??
      promisify(brotliCompress)(files[name] ?? '').then((bytes) => new Uint8Array(bytes));
    compressed.set(name, known);
    return known;
  };
}

function script(c: Context, content: string | Uint8Array<ArrayBuffer>): Response {
  return c.body(content, 200, { 'content-type': 'text/javascript; charset=utf-8' });
}
