import { html } from 'hono/html';
import type { PageCount } from '../counts/page-counts.js';
import type { Html } from './html.js';
import { counted } from './text.js';

/** The URL parameter that makes a page read all reports. */
const parameter = 'read';

/** Returns true if the reader of a page asked for counts that need reports to be read one by one. */
export function readsAll(search: URLSearchParams): boolean {
  return search.get(parameter) === 'all';
}

/**
 * Returns a link to the same page with the counts that were left out because the reports are many; undefined if nothing
 * was left out.
 */
export function offerReading(
  results: readonly PageCount[],
  search: URLSearchParams,
  anchor = '',
): Html | undefined {
  const unread = Math.max(0, ...results.map((result) => result.unread));
  if (unread === 0) return undefined;
  const all = new URLSearchParams(search);
  all.set(parameter, 'all');
  return html`<p>
    No counts of this are kept.
    <a href="?${all.toString()}${anchor}">Read ${counted(unread, 'report')} one by one</a>: it takes a while,
    and less in a shorter range. A maintainer who asks often declares a question, and then its counts are
    kept.
  </p>`;
}
