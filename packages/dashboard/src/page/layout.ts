import { html, raw } from 'hono/html';
import type { Html } from './html.js';
import { style } from './style.js';

/** A whole document around a page's content. */
export function layout(title: string, content: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title} · Candor</title>
        ${raw(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the numbers</a>
        ${content}
        <footer>
          <p>
            Counted from anonymous reports. They carry no address, no name and no lasting identifier, so
            nothing here follows one installation from day to day.
          </p>
        </footer>
      </body>
    </html>`;
}
