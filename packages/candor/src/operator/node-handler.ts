import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { UsageReporting } from '../usage-reporting.js';

/** A request of `node:http`, or of a framework that has already read its body, as Express does. */
export type NodeRequest = IncomingMessage & { readonly body?: unknown };

/**
 * Returns a `node:http` handler of the operator's page, which also works under any path of Express, Connect or Fastify.
 * The host decides who may see the page before it calls this.
 */
export function nodeHandler(
  usage: Pick<UsageReporting, 'fetch'>,
): (request: NodeRequest, response: ServerResponse) => void {
  return (request, response) => {
    void serve(usage, request, response);
  };
}

async function serve(
  usage: Pick<UsageReporting, 'fetch'>,
  request: NodeRequest,
  response: ServerResponse,
): Promise<void> {
  try {
    const answer = await usage.fetch(webRequest(request));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  } catch {
    // The request is invalid, or the client has disconnected.
    if (!response.headersSent) response.writeHead(400);
    response.end();
  }
}

function webRequest(request: NodeRequest): Request {
  const { method = 'GET', headers, url = '/' } = request;
  const body = method === 'GET' || method === 'HEAD' ? undefined : bodyOf(request);
  // The path is not used, and one such as `//name` would be read as another host.
  const path = url.replace(/^\/+/, '/');
  return new Request(new URL(path, `http://${headers.host ?? 'localhost'}`), {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      // After a parser, the body may differ from the one that this length is of.
      value === undefined || name === 'content-length' ? [] : [[name, String(value)]],
    ),
    ...(body !== undefined && { body, duplex: 'half' }),
  });
}

/** Returns the body as the client sent it, or rebuilt from what a parser left. */
function bodyOf(request: NodeRequest): string | ReadableStream | undefined {
  const { body } = request;
  if (!request.readableDidRead) return Readable.toWeb(request) as ReadableStream;
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  if (typeof body !== 'object' || body === null) return undefined;
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) form.append(name, String(value));
  return form.toString();
}
