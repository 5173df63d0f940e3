import type { HtmlEscapedString } from 'hono/utils/html';

/** A piece of a page whose data is already escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;
