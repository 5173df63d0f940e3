import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { usage } from '../usage.js';

const app = new Hono();
// Ask who it is in a middleware before this route: the page shows and changes what is reported.
app.all('/admin/usage', (context) => usage.fetch(context.req.raw));

const server = serve(
  { fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' },
  () => console.log(server.address()),
);

await usage.start();
