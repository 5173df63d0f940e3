import { reportParts } from '@candor/protocol';
import { collectedHtml } from '@candor/schema/html';
import { entry } from '@candor/playground';
import { html, raw } from 'hono/html';
import type { ProductInfo } from '../product-info.js';
import type { Html } from '../view/html.js';
import type { Page, PageContext } from './page.js';

/**
 * Returns the page of what an installation reports, field by field: made from the field list that the collector
 * verifies reports against.
 */
export function collected({ choice: { product }, info }: Pick<PageContext, 'choice' | 'info'>): Page {
  return collectedOf(product, info);
}

/** Returns the same page for a product by its name. */
export function collectedOf(product: string, info: ProductInfo): Page {
  const title = `What ${product} collects`;
  const { fields, schema } = info;
  if (fields === undefined) {
    return {
      title,
      content: html`<section>
        <h2>${title}</h2>
        <p>No field list is known here.</p>
      </section>`,
    };
  }
  const content = html`${tryIt(product, schema !== undefined)}
  ${raw(collectedHtml(fields, { command: `${product} usage`, envelope: reportParts }))}`;
  return { title, content };
}

/** Returns the box for pasting a configuration, which the script fills; without it, the command that does the same. */
function tryIt(product: string, hasSchema: boolean): Html {
  const address = `./collected/schema.js?${new URLSearchParams({ product }).toString()}`;
  return html`<section aria-labelledby="try">
    <h2 id="try">Try it with your own configuration</h2>
    <p class="lead">
      ${
        hasSchema
          ? html`Paste a configuration and see what would leave of each line, and why. Your browser does it:
            the page lets its script send nothing anywhere.`
          : html`The schema of its configuration is not known here, so it cannot be tried on this page.`
      }
    </p>
    <div id="playground" ${hasSchema ? html`data-schema="${address}"` : ''}>
      <p>
        ${hasSchema ? 'It needs JavaScript. Without, ' : 'On a machine where the program is installed, '}<code
          >${product} usage preview</code
        >
        shows the same of the configuration in use.
      </p>
    </div>
    ${hasSchema ? raw(`<script type="module" src="./collected/${entry}"></script>`) : ''}
  </section>`;
}
