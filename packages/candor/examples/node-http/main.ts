import { createServer } from 'node:http';
import { nodeHandler } from 'candor';
import { usage } from '../usage.js';

const page = nodeHandler(usage);

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  // Ask who it is before this line: the page shows and changes what is reported.
  if (pathname === '/admin/usage') page(request, response);
  else response.writeHead(404).end();
});
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => console.log(server.address()));

await usage.start();
