import type { ProductsResponse } from '@candor/protocol';
import { html, raw } from 'hono/html';
import { addDays, daysIn } from '../calendar.js';
import { type Choice, linkTo } from '../choice.js';
import type { Html } from './html.js';

const usualRanges = [
  { days: 7, name: '7 days' },
  { days: 30, name: '30 days' },
  { days: 90, name: '90 days' },
  { days: 365, name: '1 year' },
] as const;

/** The top of the page: the product's name and the choice of product and range. */
export function heading(choice: Choice, products: ProductsResponse['products']): Html {
  const length = daysIn(choice.from, choice.to);
  return html`<header>
    <p class="brand">Candor</p>
    <h1>${choice.product}</h1>
    <form method="get" aria-label="Product and range">
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
      <label>From <input type="date" name="from" value="${choice.from}" required /></label>
      <label>To <input type="date" name="to" value="${choice.to}" required /></label>
      ${choice.path === '' ? '' : html`<input type="hidden" name="path" value="${choice.path}" />`}
      <button type="submit">Show</button>
    </form>
    <nav aria-label="Usual ranges">
      ${usualRanges.map(
        ({ days, name }) =>
          html`<a
            href="${linkTo(choice, { from: addDays(choice.to, 1 - days) })}"
            ${days === length ? raw('aria-current="true"') : ''}
            >${name}</a
          >`,
      )}
    </nav>
  </header>`;
}
