import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readOwn } from './read-report.js';
import { nodeRequest } from './request.js';
import type { Answer, Take } from './take.js';

/** What a listener needs. */
export interface ListenerContext {
  readonly take: Take;
  /** Returns the network of a request, from the address of the socket's other end and the header `X-Forwarded-For`. */
  readonly network: (peer: string | undefined, forwardedFor: string | undefined) => string | undefined;
  /** Receives why requests were refused, so that the route can answer them. */
  readonly refused: WeakMap<IncomingMessage, Error>;
}

/**
 * Creates a listener of a Node server that takes the reports at `path` without Hono, whose objects for a request and
 * its response take an eighth of the processor time of a report. The rules are those of the route. `other` receives
 * every other request, and a report that was refused, which the route then answers.
 */
export function reportListener(
  context: ListenerContext,
  path: string,
  other: RequestListener,
): RequestListener {
  const { take, network, refused } = context;
  return (incoming, outgoing) => {
    if (incoming.method !== 'POST' || incoming.url !== path || !hasHost(incoming)) {
      return other(incoming, outgoing);
    }
    take(nodeRequest(incoming, network), readOwn).then(
      (answer) => respond(outgoing, answer),
      (error: unknown) => {
        refused.set(incoming, error as Error);
        other(incoming, outgoing);
      },
    );
  };
}

/** Returns true if there is a `Host` that is valid in a URL, which Node does not check. */
function hasHost({ headers: { host } }: IncomingMessage): boolean {
  return host !== undefined && URL.canParse(`http://${host}/`);
}

function respond(outgoing: ServerResponse, { status, removed }: Answer): void {
  const body = JSON.stringify({ removed });
  outgoing.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
  outgoing.end(body);
}
