import { createHash } from 'node:crypto';
import { parsePath } from '@candor/schema';
import type { Storage } from '@candor/storage';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { LimitRequests } from '../networks/limit-requests.js';
import { Problem } from '../problem.js';
import type { Queue } from './queue.js';

/** What the erasure routes need. */
export interface ErasureContext {
  readonly storage: Pick<Storage, 'forget' | 'forgetPath'>;
  readonly queue: Queue;
  /** Lets only the operator through. */
  readonly guard: MiddlewareHandler;
  readonly network: (c: Context) => string | undefined;
  readonly limitRequests: LimitRequests;
  readonly clock: () => number;
}

/**
 * Creates the erasure routes.
 *
 * `DELETE /v1/reports/:id` erases a report if its secret is sent, whose SHA-256 is the id, so the sender stays
 * anonymous. The response is the same if there is no such report.
 *
 * `DELETE /v1/products/:product/facts?path=` erases the facts at or below a path, for the operator.
 */
export function erasureRoutes(context: ErasureContext): Hono {
  const { storage, queue, guard, network, limitRequests, clock } = context;
  const app = new Hono();
  app.delete('/v1/reports/:id', async (c) => {
    await limitRequests(network(c), clock());
    const [, secret] = /^Bearer +([0-9a-f]{64})$/i.exec(c.req.header('authorization') ?? '') ?? [];
    const id = c.req.param('id');
    if (secret === undefined || idOf(secret) !== id) {
      throw new Problem('unauthorized', 'The secret of the report must be sent as a Bearer token.');
    }
    // The report may still be in the queue.
    await queue.flush();
    await storage.forget(id);
    return c.body(null, 204);
  });
  app.delete('/v1/products/:product/facts', guard, async (c) => {
    const path = c.req.query('path') ?? '';
    if (!isPath(path)) {
      const issue = { path: 'path', expected: 'a path such as providers.docker', got: 'string' };
      throw new Problem('bad-path', 'The parameter "path" must be a path.', { issues: [issue] });
    }
    await queue.flush();
    await storage.forgetPath(c.req.param('product'), path);
    return c.body(null, 204);
  });
  return app;
}

function idOf(secret: string): string {
  return createHash('sha256').update(Buffer.from(secret, 'hex')).digest('hex');
}

/** Rejects the empty path, which is the whole document: nobody leaks that by mistake. */
function isPath(text: string): boolean {
  try {
    return parsePath(text).length > 0;
  } catch {
    return false;
  }
}
