import type { ProductsResponse } from '@candor/protocol';
import { html, raw } from 'hono/html';
import { type Choice, periodsBefore, searchOf } from '../choice.js';
import type { Page } from '../pages/page.js';
import type { Html } from './html.js';
import { style } from './style.js';
import { conditionText } from './text.js';

/** The pages of a product, in the order of the navigation. */
const pages = [
  { path: './', name: 'Overview' },
  { path: './features', name: 'Features' },
  { path: './explore', name: 'Explore' },
  { path: './health', name: 'Health' },
  { path: './collected', name: 'Collected' },
] as const;

/** Draws a whole document around the content of a page that has no product. */
export function document({ title, content }: Page): Html {
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
        <a class="skip" href="#main">Skip to the content</a>
        ${content}
        <footer>
          <p>
            Counted from anonymous reports that people chose to send. They carry no address, no name and no
            lasting identifier, so nothing here follows one installation from day to day.
          </p>
        </footer>
      </body>
    </html>`;
}

/** Draws the content of a page with a heading and without navigation. */
export function plainPage(heading: string, content: Html, below: Html = html``): Html {
  return html`<header>
      <p class="brand">Candor</p>
      <h1>${heading}</h1>
      ${below}
    </header>
    <main id="main">${content}</main>`;
}

/** Draws a page of a product below its navigation, its conditions and, if it has one, its choice of range. */
export function productPage(options: {
  readonly page: Page;
  readonly path: string;
  readonly choice: Choice;
  readonly products: ProductsResponse['products'];
  readonly hasRange: boolean;
}): Html {
  const { page, path, choice, products, hasRange } = options;
  const content = html`<header>
      <p class="brand">Candor</p>
      <h1>${choice.product}</h1>
      <nav aria-label="Pages">
        ${pages.map(
          (one) =>
            html`<a
              href="${one.path}${searchOf(choice)}"
              ${one.path === path ? raw('aria-current="page"') : ''}
              >${one.name}</a
            >`,
        )}
      </nav>
      ${hasRange ? rangeForm(path, choice, products) : ''}${conditions(path, choice)}
    </header>
    <main id="main">${page.content}</main>`;
  return document({ title: page.title, content });
}

const ranges = [
  { period: 'day', length: 30, name: '30 days' },
  { period: 'week', length: 12, name: '12 weeks' },
  { period: 'week', length: 52, name: '52 weeks' },
  { period: 'month', length: 24, name: '24 months' },
] as const;

function rangeForm(path: string, choice: Choice, products: ProductsResponse['products']): Html {
  return html`<form method="get" action="${path}" aria-label="Product and range">
    <label class="${products.length === 1 ? 'hidden' : ''}"
      >Product
      <select name="product">
        ${products.map(
          ({ product }) =>
            html`<option value="${product}" ${product === choice.product ? 'selected' : ''}>
              ${product}
            </option>`,
        )}
      </select></label
    >
    <label
      >Counted by
      <select name="period">
        ${(['day', 'week', 'month'] as const).map(
          (period) =>
            html`<option value="${period}" ${period === choice.period ? 'selected' : ''}>${period}</option>`,
        )}
      </select></label
    >
    <label>From <input type="date" name="from" value="${choice.from}" required /></label>
    <label>To <input type="date" name="to" value="${choice.to}" required /></label>
    ${choice.where.map(
      (condition) => html`<input type="hidden" name="where" value="${JSON.stringify(condition)}" />`,
    )}
    <button type="submit">Show</button>
    <span class="ranges">
      ${ranges.map(
        ({ period, length, name }) =>
          html`<a
            href="${path}${searchOf(choice, { period, from: periodsBefore(period, choice.to, length - 1) })}"
            >${name}</a
          >`,
      )}
    </span>
  </form>`;
}

function conditions(path: string, choice: Choice): Html {
  if (choice.where.length === 0) return html``;
  return html`<p class="conditions">
    Among installations where
    ${choice.where.map((condition, at) => {
      const others = choice.where.filter((_, other) => other !== at);
      return html`<a href="${path}${searchOf(choice, { where: others })}" title="Remove this condition"
        ><bdi>${conditionText(condition)}</bdi> <span aria-hidden="true">×</span
        ><span class="spoken">, remove this condition</span></a
      > `;
    })}
  </p>`;
}
