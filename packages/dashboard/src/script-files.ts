import { files } from '@candor/playground';
import type { JsonSchema } from '@candor/schema';
import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';

/**
 * Serves the script of the page of what is collected, and the schemas of products as modules for it. Requests for other
 * files go to the next handlers.
 */
export function scriptFiles(schemaOf: (product: string) => JsonSchema | undefined): Hono {
  const app = new Hono();
  app.use(compress());
  app.get('/schema.js', (c, next) => {
    const schema = schemaOf(c.req.query('product') ?? '');
    if (schema === undefined) return next();
    c.header('Cache-Control', 'no-store');
    // As a text for `JSON.parse`, since in a literal `__proto__` would not be an ordinary key.
    const text = JSON.stringify(JSON.stringify(schema));
    return script(c, `export default JSON.parse(${text});\n`);
  });
  app.get('/:file', (c, next) => {
    const name = c.req.param('file');
    if (!Object.hasOwn(files, name)) return next();
    // Cached for ever, since the name contains a digest of the content.
    c.header('Cache-Control', 'private, max-age=31536000, immutable');
    return script(c, files[name] ?? '');
  });
  return app;
}

function script(c: Context, text: string): Response {
  return c.body(text, 200, { 'content-type': 'text/javascript; charset=utf-8' });
}
