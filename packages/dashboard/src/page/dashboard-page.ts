import type { ProductsResponse } from '@candor/protocol';
import { html } from 'hono/html';
import type { Choice } from '../choice.js';
import type { Numbers } from '../numbers/read-numbers.js';
import { queryPath } from '../numbers/read-numbers.js';
import { activeSection } from './active.js';
import { factsSection } from './facts.js';
import { heading } from './heading.js';
import { highlightSection } from './highlights.js';
import type { Html } from './html.js';
import { emptyRange } from './states.js';
import { versionsSection } from './versions.js';

/** The page of one product and range. */
export function dashboardPage(page: {
  readonly choice: Choice;
  readonly products: ProductsResponse['products'];
  readonly numbers: Numbers;
  readonly today: string;
  readonly downloads: boolean;
}): Html {
  const { choice, products, numbers, today, downloads } = page;
  const days = numbers.days.map(({ day }) => day).filter((day) => day >= choice.from);
  const known = products.find(({ product }) => product === choice.product);
  const empty = numbers.days.every(({ day, reports }) => day < choice.from || reports === 0);
  return html`${heading(choice, products)}
    <main id="main">
      ${
        empty && known !== undefined
          ? emptyRange(choice, known)
          : html`${activeSection(numbers.days, choice, today)}${versionsSection(numbers.versions, days)}
            ${numbers.highlights.map(({ highlight, answer }) => highlightSection(highlight, answer, choice))}
            ${factsSection(numbers.facts, choice)}${downloads ? downloadLinks(choice) : ''}`
      }
    </main>`;
}

const downloadable = { active: 'days', versions: 'versions', facts: 'facts' } as const;

function downloadLinks(choice: Choice): Html {
  const search = { from: choice.from, to: choice.to, format: 'csv' };
  return html`<nav aria-label="Downloads">
    <span>These numbers as CSV:</span>
    ${Object.entries(downloadable).map(
      ([what, name]) => html`<a href="${queryPath(choice.product, what, search)}">${name}</a>`,
    )}
  </nav>`;
}
