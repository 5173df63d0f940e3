import type { FactsResponse, Json } from '@candor/protocol';
import { maskedText } from '@candor/schema';
import { html, raw } from 'hono/html';
import { shareBar } from '../chart/share-bar.js';
import { type Choice, linkTo } from '../choice.js';
import { type FactGroup, factSections } from '../numbers/fact-groups.js';
import type { Html } from './html.js';
import { counted, countText, shareText, valueText } from './text.js';

/** Values listed for each path, while many paths are shown. */
const briefly = 6;
/** Values listed once the reader has chosen a path. */
const atLength = 200;

/** Every exported fact, to browse by section or narrow by path. */
export function factsSection(answer: FactsResponse, choice: Choice): Html {
  const sections = factSections(answer.facts);
  const open = choice.path !== '' || sections.length <= 2;
  return html`<section aria-labelledby="facts">
    <h2 id="facts">Everything that was exported</h2>
    <form method="get" action="#facts" aria-label="Narrow the facts">
      <input type="hidden" name="product" value="${choice.product}" />
      <input type="hidden" name="from" value="${choice.from}" />
      <input type="hidden" name="to" value="${choice.to}" />
      <label
        >Path
        <input
          type="search"
          name="path"
          value="${choice.path}"
          placeholder="${sections[0]?.name ?? ''}"
          autocapitalize="none"
          spellcheck="false"
      /></label>
      <button type="submit">Narrow</button>
      ${choice.path === '' ? '' : html`<a href="${linkTo(choice, { path: '' })}#facts">Show all</a>`}
    </form>
    <p class="note">
      Shares of ${countText(answer.reports)} reports in the range. An installation that ran every day sent a
      report every day; choose a single day to count each installation about once. <code>*</code> stands for
      any name that people chose and for any place in a list; one report can hold several such values.
    </p>
    ${sections.length === 0 ? html`<p>No report in this range holds a fact below this path.</p>` : ''}
    ${sections.map(
      ({ name, groups }) =>
        html`<details class="facts" ${open ? raw('open') : ''}>
          <summary><bdi>${name}</bdi> <small>${counted(groups.length, 'place')}</small></summary>
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">Value</th>
                  <td class="bar-column"></td>
                  <th scope="col" class="number">Share</th>
                  <th scope="col" class="number">Reports</th>
                </tr>
              </thead>
              ${groups.map((group) => groupRows(group, answer.reports, choice))}
            </table>
          </div>
        </details>`,
    )}
  </section>`;
}

function shown({ section }: FactGroup, value: Json): Html {
  if (section && value === true) return html`present`;
  if (value === maskedText) return html`set, value masked`;
  return html`<code><bdi>${valueText(value)}</bdi></code>`;
}

function groupRows(group: FactGroup, reports: number, choice: Choice): Html {
  const longest = choice.path === group.path ? atLength : briefly;
  const listed = group.values.slice(0, longest);
  const unlisted = group.values.length - listed.length;
  const more = `${counted(unlisted, 'more value')}`;
  return html`<tbody>
    <tr>
      <th scope="rowgroup" colspan="4" class="path"><bdi>${group.path}</bdi></th>
    </tr>
    ${listed.map(
      ({ value, count }) =>
        html`<tr>
          <td class="value">${shown(group, value)}</td>
          <td class="bar-column">${shareBar(reports === 0 ? 0 : count / reports)}</td>
          <td class="number">${shareText(count, reports)}</td>
          <td class="number">${countText(count)}</td>
        </tr>`,
    )}
    ${
      unlisted === 0
        ? ''
        : html`<tr>
            <td colspan="4">
              ${
                choice.path === group.path
                  ? `${more}, each in fewer reports`
                  : html`<a href="${linkTo(choice, { path: group.path })}#facts">${more}</a>`
              }
            </td>
          </tr>`
    }
  </tbody>`;
}
