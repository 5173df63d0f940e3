import { html } from 'hono/html';
import type { Health, UnknownSender } from '../product-info.js';
import type { Html } from '../view/html.js';
import { counted, countText } from '../view/text.js';
import type { Page } from './page.js';

/**
 * Returns the page of accepted and refused requests since the server's start, and what to do about the refused ones.
 */
export function health(product: string, stats: Health | undefined): Page {
  const title = `Health of the collector`;
  if (stats === undefined) {
    return {
      title,
      content: html`<section>
        <h2>Health</h2>
        <p>
          This page is made elsewhere than the collector, which knows what it refused: see its log and its
          metrics.
        </p>
      </section>`,
    };
  }
  const refused = Object.entries(stats.refused).toSorted(([, a], [, b]) => b - a);
  const unknown = stats.unknown ?? [];
  return {
    title,
    content: html`<section aria-labelledby="requests">
        <h2 id="requests">Requests since the server's start</h2>
        <dl class="tiles">
          ${tile('Reports accepted', stats.accepted)}
          ${tile('Accepted and not counted', stats.uncounted ?? 0, 'over the daily limit of their network')}
          ${tile('Values removed', stats.removed, 'that a field list does not allow')}
          ${tile(
            'Requests refused',
            refused.reduce((sum, [, count]) => sum + count, 0),
          )}
        </dl>
      </section>
      ${
        unknown.length === 0
          ? ''
          : html`<section aria-labelledby="unknown">
              <h2 id="unknown">Reports that a command lets in</h2>
              <ul>
                ${unknown.map((sender) => html`<li>${advice(sender, product)}</li>`)}
              </ul>
            </section>`
      }
      <section aria-labelledby="refused">
        <h2 id="refused">Refused</h2>
        ${refused.length === 0 ? html`<p>Nothing was refused.</p>` : refusedTable(refused)}
      </section>`,
  };
}

function advice({ product, fields, count }: UnknownSender, own: string): Html {
  const name = product ?? 'PRODUCT';
  const command = html`<code>candor-server product add ${name} candor.fields.json</code>`;
  return fields === undefined || product === undefined
    ? html`${counted(count, 'report')} of products that are not registered (${own} is): ${command}`
    : html`${counted(count, 'report')} of <bdi>${name}</bdi> with a field list that is not registered, digest
        <code>${fields.slice(0, 16)}…</code>: ${command} with the file of that release`;
}

function tile(name: string, count: number, detail = ''): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd><strong>${countText(count)}</strong><span>${detail}</span></dd>
  </div>`;
}

function refusedTable(refused: readonly (readonly [string, number])[]): Html {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col" class="number">Requests</th>
        </tr>
      </thead>
      <tbody>
        ${refused.map(
          ([kind, count]) =>
            html`<tr>
              <th scope="row"><code>${kind}</code></th>
              <td class="number">${countText(count)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
