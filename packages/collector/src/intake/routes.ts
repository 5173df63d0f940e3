import type { IncomingMessage } from 'node:http';
import type { IntakeFormat } from '@candor/protocol';
import { type Context, Hono } from 'hono';
import { readForeign, readOwn, type ReadReport } from './read-report.js';
import { honoRequest, incomingOf } from './request.js';
import type { Take } from './take.js';

/** What the intake routes need. */
export interface IntakeContext {
  readonly take: Take;
  readonly formats: readonly IntakeFormat[];
  /** Returns the network of a request; undefined for a call inside the process. */
  readonly network: (c: Context) => string | undefined;
  /** Why a listener refused requests, which only have to be answered. */
  readonly refused: WeakMap<IncomingMessage, Error>;
}

/** Creates `POST /v1/reports`, and `POST /v1/products/:product/reports` for each product with its own format. */
export function intakeRoutes({ take, formats, network, refused }: IntakeContext): Hono {
  const route =
    (readReport: ReadReport) =>
    async (c: Context): Promise<Response> => {
      const incoming = incomingOf(c);
      const error = incoming === undefined ? undefined : refused.get(incoming);
      if (error !== undefined) throw error;
      const { status, removed } = await take(honoRequest(c, network(c)), readReport);
      return c.json({ removed }, status);
    };

  const app = new Hono();
  app.post(reportsPath, route(readOwn));
  for (const format of formats) {
    app.post(`/v1/products/${format.product}/reports`, route(readForeign(format)));
  }
  return app;
}

/** The path of reports in the format of `@candor/protocol`. */
export const reportsPath = '/v1/reports';
