import { type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { Problem, problemResponse } from '@candor/collector';

/** Answers requests that reach no route with a problem; Node would answer with an empty body or not at all. */
export function refuseUnreadable(server: Server): void {
  server.on('clientError', ({ code }: NodeJS.ErrnoException, socket) => {
    if (code === 'ECONNRESET') socket.destroy();
    else void answer(socket, problemOf(code));
  });
  // A server may accept a request with an unknown expectation (RFC 9110, section 10.1.1).
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', (_, socket) => {
    void answer(socket, new Problem('method-not-allowed', 'This is no proxy.', { allow: ['GET', 'POST'] }));
  });
}

/** Returns the response to a request with an invalid target or `Host`. */
export function unreadableResponse(): Response {
  return problemResponse(new Problem('bad-request', 'The target or the Host header makes no URL.'));
}

function problemOf(code: string | undefined): Problem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem('large-headers', 'The headers are too large.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new Problem('too-large', 'The chunk extensions are too large.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem('slow-request', 'The request did not arrive in time.');
    default:
      return new Problem('bad-request', 'The request is not HTTP/1.1.');
  }
}

/** Writes a response to a socket without a response object of Node, and ends the connection. */
async function answer(socket: Duplex, problem: Problem): Promise<void> {
  const response = problemResponse(problem);
  const body = await response.text();
  const headers = [...response.headers, ['content-length', String(body.length)], ['connection', 'close']];
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status]}\r\n${lines.join('')}\r\n`;
  if (!socket.writable) return void socket.destroy();
  // Without this, a peer that ignores the end could send data for ever.
  socket.end(head + body, () => socket.destroy());
}
