import type { FactsResponse } from '@candor/protocol';
import { html } from 'hono/html';
import { shareBar } from '../chart/share-bar.js';
import { type Choice, linkTo } from '../choice.js';
import type { Highlight } from '../highlight.js';
import { inUse } from '../numbers/fact-groups.js';
import type { Html } from './html.js';
import { countText, shareText } from './text.js';

/** Which members of one section are in use, the most used first. */
export function highlightSection(highlight: Highlight, answer: FactsResponse, choice: Choice): Html {
  const id = `highlight-${highlight.path}`;
  const used = inUse(answer.facts, highlight.path);
  if (used.length === 0) {
    return html`<section aria-labelledby="${id}">
      <h2 id="${id}">${highlight.title}</h2>
      <p>None of ${countText(answer.reports)} reports in this range had any.</p>
    </section>`;
  }
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${highlight.title}</h2>
    <div class="scroll">
      <table>
        <caption>
          Shares of ${countText(answer.reports)} reports in the range; one report can count in several rows
        </caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <td class="bar-column"></td>
            <th scope="col" class="number">Share</th>
            <th scope="col" class="number">Reports</th>
          </tr>
        </thead>
        <tbody>
          ${used.map(
            ({ name, count }) =>
              html`<tr>
                <th scope="row">
                  <a href="${linkTo(choice, { path: `${highlight.path}.${name}` })}#facts"
                    ><bdi>${name}</bdi></a
                  >
                </th>
                <td class="bar-column">${shareBar(count / answer.reports)}</td>
                <td class="number">${shareText(count, answer.reports)}</td>
                <td class="number">${countText(count)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
