import { html } from 'hono/html';
import { type Context, Hono } from 'hono';
import { collectedOf } from '../pages/collected.js';
import type { ProductInfo } from '../product-info.js';
import { scriptFiles } from '../script-files.js';
import type { Html } from '../view/html.js';
import { document, plainPage } from '../view/layout.js';
import { pageHeaders } from '../view/page-headers.js';

/** Options of `createCollectedPages`. */
export interface CollectedPagesOptions {
  /** Returns the products whose field list is public, with what is known about each. */
  readonly products: () => ReadonlyMap<string, ProductInfo>;
  /** The products whose numbers are public too, at `/public/:product`. */
  readonly publicNumbers?: readonly string[] | undefined;
}

/**
 * Creates the page of what is collected for those who run a program, as a Hono app: `/collected?product=NAME`, and the
 * script of its box. It shows nothing that was reported, and everybody gets the same bytes.
 *
 * Requests for a product that is not public go to the next handlers, so mount this app before the operator's.
 */
export function createCollectedPages({ products, publicNumbers = [] }: CollectedPagesOptions): Hono {
  const app = new Hono();
  const send = (c: Context, title: string, content: Html): Response | Promise<Response> => {
    c.header('Cache-Control', 'public, max-age=300');
    return c.html(document({ title, content }));
  };
  app.use('/collected', pageHeaders({ script: true }));
  app.route(
    '/collected',
    scriptFiles((name) => products().get(name)?.schema),
  );
  app.get('/collected', (c, next) => {
    const known = products();
    const wanted = c.req.query('product');
    const name = wanted ?? (known.size === 1 ? [...known.keys()][0] : undefined);
    const info = known.get(name ?? '');
    if (name !== undefined && info !== undefined) {
      const { title, content } = collectedOf(name, info);
      return send(c, title, plainPage(title, content, lead(name, publicNumbers.includes(name))));
    }
    if (wanted !== undefined || known.size === 0) return next();
    return send(c, 'What is collected', plainPage('What is collected', list([...known.keys()])));
  });
  return app;
}

function lead(product: string, hasNumbers: boolean): Html {
  const search = `?${new URLSearchParams({ product }).toString()}`;
  return html`<p class="lead">
      Where its operator agrees, ${product} reports once a day which parts of its configuration are in use.
      This is everything that such a report can hold.
    </p>
    <p class="note">
      ${hasNumbers ? html`<a href="./public/${encodeURIComponent(product)}">What the reports say</a> · ` : ''}<a
        href="./${search}"
        >Dashboard, for the maintainers</a
      >
    </p>`;
}

function list(names: readonly string[]): Html {
  return html`<section>
    <p>Each program has a page of its own.</p>
    <ul>
      ${names.map(
        (product) =>
          html`<li>
            <a href="./collected?${new URLSearchParams({ product }).toString()}"><bdi>${product}</bdi></a>
          </li>`,
      )}
    </ul>
  </section>`;
}
