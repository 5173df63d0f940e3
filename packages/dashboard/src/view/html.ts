import type { HtmlEscapedString } from 'hono/utils/html';

/** A part of a page, already escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;
