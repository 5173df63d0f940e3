import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';

/** What the intake reads of a request, which Hono received or a server of Node. */
export interface IntakeRequest {
  /** The sender's network; undefined for a call inside the process. */
  readonly network: string | undefined;
  /** True if nothing is to be stored. */
  readonly isDryRun: boolean;
  /** Node's own stream if there is one, which takes a third of the time of the web stream made from it. */
  readonly body: IncomingMessage | ReadableStream<Uint8Array> | null;
  /** Returns a header by its lower-case name. */
  header(name: string): string | undefined;
}

/** Returns Node's own request behind that of Hono; undefined for a call inside the process, and on other platforms. */
export function incomingOf(c: Context): IncomingMessage | undefined {
  return (c.env as { readonly incoming?: IncomingMessage } | undefined)?.incoming;
}

/** Returns a request that Hono received. */
export function honoRequest(c: Context, network: string | undefined): IntakeRequest {
  return {
    network,
    isDryRun: c.req.query('dry-run') !== undefined,
    body: incomingOf(c) ?? c.req.raw.body,
    header: (name) => c.req.header(name),
  };
}

/** Returns a request that a server of Node received, without a query. */
export function nodeRequest(
  incoming: IncomingMessage,
  network: (peer: string | undefined, forwardedFor: string | undefined) => string | undefined,
): IntakeRequest {
  const { headers, socket } = incoming;
  const header = (name: string): string | undefined => headers[name]?.toString();
  return {
    network: network(socket.remoteAddress, header('x-forwarded-for')),
    isDryRun: false,
    body: incoming,
    header,
  };
}
