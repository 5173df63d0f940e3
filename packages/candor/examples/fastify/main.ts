import { nodeHandler } from 'candor';
import fastify from 'fastify';
import { usage } from '../usage.js';

const app = fastify();
const page = nodeHandler(usage);

// Fastify reads no forms by itself; this leaves them to the page.
app.addContentTypeParser('application/x-www-form-urlencoded', (_request, _payload, done) => done(null));
// Ask who it is in a hook before this route: the page shows and changes what is reported.
app.all('/admin/usage', (request, reply) => {
  reply.hijack();
  page(request.raw, reply.raw);
});

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' });
console.log(app.server.address());

await usage.start();
