import { html } from 'hono/html';
import type { DashboardError } from '../dashboard-error.js';
import { plainPage } from '../view/layout.js';
import type { Page } from './page.js';

const explained = {
  ERR_RANGE: { status: 400, title: 'That cannot be shown', todo: 'Choose something else.' },
  ERR_UNKNOWN_PRODUCT: { status: 404, title: 'Unknown product', todo: 'Choose one that has reported.' },
  ERR_QUERY: {
    status: 502,
    title: 'The numbers cannot be read',
    todo: "Reports may still be arriving. See the server's log and reload the page.",
  },
} as const;

/** The page that is shown instead of a page or an image. */
export interface ErrorPage extends Page {
  readonly status: 400 | 404 | 502;
  /** The same in plain text, for requests that cannot show a page. */
  readonly text: string;
}

/** Returns the page for an invalid request or a failing collector, with its HTTP status. */
export function errorPage(error: DashboardError): ErrorPage {
  const { status, title, todo } = explained[error.code];
  return {
    status,
    text: `${error.message} ${todo}\n`,
    title,
    content: plainPage(
      title,
      html`<section role="alert">
        <p>${error.message} ${todo}</p>
        <p><a href="./">Start again</a></p>
      </section>`,
    ),
  };
}
