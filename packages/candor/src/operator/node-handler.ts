import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { UsageReporting } from '../usage-reporting.js';

/** A request of `node:http`, or of a framework that has read its body already, as Express does. */
export type NodeRequest = IncomingMessage & { readonly body?: unknown };

/**
 * Serves the operator's page where requests are those of `node:http`: there, and under any path of Express, Connect or
 * Fastify. The host decides who may see it, before this is called.
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
    // What cannot be read as a request, or a client that has left.
    if (!response.headersSent) response.writeHead(400);
    response.end();
  }
}

function webRequest(request: NodeRequest): Request {
  const { method = 'GET', headers, url = '/' } = request;
  const body = method === 'GET' || method === 'HEAD' ? undefined : bodyOf(request);
  // The path is of no interest, and one such as `//name` would be taken for another host.
  const path = url.replace(/^\/+/, '/');
  return new Request(new URL(path, `http://${headers.host ?? 'localhost'}`), {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      // A parser may have made another body of it than the one that the length is of.
      value === undefined || name === 'content-length' ? [] : [[name, String(value)]],
    ),
    ...(body !== undefined && { body, duplex: 'half' }),
  });
}

/** The body as the client sent it, or made again of what a parser left. */
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
