import { featuresKey } from '@candor/protocol';
import { html } from 'hono/html';
import { isOver, queryOf, searchOf } from '../choice.js';
import { type Fact, anyName, factsOf, lastKeyOf, memberName, parentOf, sharesOf } from '../counts/facts.js';
import type { Question } from '../product-info.js';
import type { Html } from '../view/html.js';
import { offerReading } from '../view/reading.js';
import { rankingTable } from '../view/tables.js';
import { breakable, counted, periodText, valueName } from '../view/text.js';
import { nothingHere } from './overview.js';
import type { Page, PageContext } from './page.js';
import { unusedMembers, unusedOf, unusedSection } from './unused.js';

/** How many rows a question has at most. */
const listed = 60;

/**
 * Returns the page of used features and sections: the maintainer's questions first, then the sections of the field
 * list.
 */
export async function features({ choice, counts, info, search }: PageContext): Promise<Page> {
  const result = await counts.count(queryOf(choice, { by: 'path' }));
  const over = result.periods.filter((one) => isOver(one, choice));
  const periods = over.length > 0 ? over : result.periods;
  const last = periods.at(-1);
  const title = `Features of ${choice.product}`;
  const offer = offerReading([result], search);
  if (offer !== undefined) return { title, content: html`<section>${offer}</section>` };
  if (last === undefined) return { title, content: nothingHere(choice) };
  const facts = factsOf({ periods });
  const describe = descriptions(info.fields?.fields ?? []);
  const questions = info.questions ?? sectionsIn(facts);
  const unused = unusedOf(info.fields, facts);
  const sections = questions.map((question, at) => {
    const used = facts
      // The members of a section, or the values of a path with values.
      .filter(
        ({ path, value }) => parentOf(path) === question.path || (path === question.path && value !== true),
      )
      .slice(0, listed);
    const { heading, lead } = headingOf(question, describe.get(question.path));
    return html`<section aria-labelledby="question-${at}">
      <h2 id="question-${at}"><bdi>${heading}</bdi></h2>
      ${
        heading === question.path
          ? ''
          : html`<p class="lead">
              ${lead} <code><bdi>${question.path}</bdi></code>
            </p>`
      }
      ${
        used.length === 0
          ? html`<p>
              None of ${counted(last.total, 'installation')} used any,
              ${periodText(choice.period, last.firstDay)}.
            </p>`
          : rankingTable({
              caption: `Shares of ${counted(last.total, 'installation')}`,
              heading: 'Name',
              total: last.total,
              rows: used.map((fact) => ({
                name: html`${fieldLink(
                  fact.path,
                  memberName(fact.path),
                  `./field${searchOf(choice, {}, { path: fact.path })}`,
                )}
                ${fact.value === true ? '' : valueName(fact)}`,
                count: fact.counts.at(-1) ?? 0,
                course: sharesOf(fact, periods),
              })),
            })
      }
      ${unusedMembers(unused.membersOf(question.path), choice)}
    </section>`;
  });
  const content = html`<p class="note">
      ${counted(last.total, 'installation')} reported, ${periodText(choice.period, last.firstDay)}. Each share
      is of all of them, and one can count in several rows. Change is in percentage points since the
      ${choice.period} before.
    </p>
    <div class="pairs">${sections}</div>
    ${unusedSection(unused, choice, last.total)}`;
  return { title, content };
}

/**
 * Returns the heading of a question and the text below it: the maintainer's words, from the question or the field list.
 */
function headingOf(
  { path, title }: Question,
  { description, why = '' }: { readonly description?: string; readonly why?: string } = {},
): { heading: string; lead: string } {
  if (title !== undefined) return { heading: title, lead: [description, why].filter(Boolean).join(' ') };
  return { heading: description?.replace(/\.$/, '') ?? path, lead: why };
}

function fieldLink(path: string, name: string, href: string): Html {
  return html`<a href="${href}" title="${path}">${breakable(name)}</a>`;
}

function descriptions(
  fields: readonly { path: string; description?: string; why?: string }[],
): ReadonlyMap<string, { description?: string; why?: string }> {
  return new Map(fields.map((field) => [field.path, field]));
}

/** Returns the default questions: the features, and every top-level section with members in use. */
function sectionsIn(facts: readonly Fact[]): Question[] {
  const parents = new Set(
    facts.flatMap(({ path, value }) => {
      const parent = parentOf(path);
      // The members of a map have no names to tell them apart.
      const isNamed = value === true && lastKeyOf(path) !== anyName;
      return isNamed && parent !== undefined && parentOf(parent) === undefined ? [parent] : [];
    }),
  );
  return [...parents]
    .toSorted((a, b) => Number(b === featuresKey) - Number(a === featuresKey) || (a < b ? -1 : 1))
    .map((path) => (path === featuresKey ? { title: 'Features used', path } : { path }));
}
