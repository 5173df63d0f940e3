import { addDays, type Condition, type CountPeriod, firstDayOf } from '@candor/protocol';
import { html } from 'hono/html';
import { shareBar } from '../charts/share-bar.js';
import { type Choice, isOver, periodsBefore, queryOf, searchOf } from '../choice.js';
import { countAt, type Fact, factsOf, lastKeyOf, parentOf } from '../counts/facts.js';
import type { Field } from '@candor/schema';
import type { Html } from '../view/html.js';
import { offerReading } from '../view/reading.js';
import { breakable, changeText, countText, counted, periodText, shareText, valueName } from '../view/text.js';
import { cross } from './cross.js';
import { nothingHere } from './overview.js';
import type { Page, PageContext } from './page.js';
import { ranges } from './ranges.js';

/** How many values are listed below each path. */
const listedValues = 5;

/** Returns every exported path as a tree to search, slice, compare with an earlier period, and cross. */
export async function explore(context: PageContext): Promise<Page> {
  const { choice, counts, info, search } = context;
  const title = `Explore ${choice.product}`;
  const wanted = search.get('q') ?? '';
  const [one, other] = [search.get('one') ?? '', search.get('other') ?? ''];
  const length = choice.period === 'day' ? 7 : 1;
  const [now, before, compared] = await Promise.all([
    counts.count(
      queryOf({ ...choice, from: firstDayOf(choice.period, addDays(choice.to, -1)) }, { by: 'path' }),
    ),
    counts.count(
      queryOf({ ...choice, from: periodsBefore(choice.period, choice.to, length + 1) }, { by: 'path' }),
    ),
    ranges(context, hidden(choice)),
  ]);
  const all = [
    ...before.periods.filter(({ firstDay }) => now.periods.every((same) => same.firstDay !== firstDay)),
    ...now.periods,
  ];
  const last = all.findLast((period) => isOver(period, choice)) ?? all.at(-1);
  if (last === undefined) return { title, content: nothingHere(choice) };
  const crossed = one === '' || other === '' ? undefined : await cross(context, last, one, other);
  const earlier = all.findLast(({ firstDay }) => firstDay < last.firstDay);
  const facts = factsOf({ periods: [last] });
  const fields = new Map((info.fields?.fields ?? []).map((field) => [field.path, field]));
  const shown = matching(facts, fields, wanted);
  const content = html`<section aria-labelledby="tree">
      <h2 id="tree">Everything that is exported</h2>
      <nav class="parts" aria-label="On this page">
        <a href="#cross">Two settings together</a> <a href="#ranges">Two ranges compared</a>
      </nav>
      <form method="get" action="./explore" role="search" aria-label="Search the paths">
        ${hidden(choice)}
        <label
          >Search <input type="search" name="q" value="${wanted}" autocapitalize="none" spellcheck="false"
        /></label>
        <button type="submit">Search</button>
      </form>
      <p class="note">
        Shares of ${counted(last.total, 'installation')},
        ${periodText(choice.period, last.firstDay)}${
          earlier === undefined
            ? ''
            : `; change in percentage points since ${periodText(choice.period, earlier.firstDay)}`
        }.
        Choose a value to look only at installations that have it. <code>*</code> stands for any name that
        people chose and any item of a list.
      </p>
      ${
        offerReading([now, before], search, '#tree') ??
        (shown.length === 0 ? html`<p>No path matches.</p>` : tree(shown, { choice, last, earlier, fields }))
      }
    </section>
    <section aria-labelledby="cross">
      <h2 id="cross">Two settings together</h2>
      <form method="get" action="./explore#cross" aria-label="Cross two settings">
        ${hidden(choice)} ${pathInput('one', 'Rows', one)}${pathInput('other', 'Columns', other)}
        <button type="submit">Cross</button>
        <datalist id="paths">
          ${[...new Set(facts.map(({ path }) => path))].toSorted().map((path) => html`<option value="${path}"></option>`)}
        </datalist>
      </form>
      ${crossed ?? html`<p class="note">Name two paths, such as the ones above.</p>`}
    </section>
    ${compared}`;
  return { title, content };
}

function hidden(choice: Choice): Html {
  return html`${[...new URLSearchParams(searchOf(choice))].map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  )}`;
}

function pathInput(name: string, label: string, value: string): Html {
  return html`<label
    >${label} <input name="${name}" value="${value}" list="paths" autocapitalize="none" spellcheck="false"
  /></label>`;
}

function matching(
  facts: readonly Fact[],
  fields: ReadonlyMap<string, Field>,
  wanted: string,
): readonly Fact[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return facts.filter(({ path }) => {
    const field = fields.get(path);
    const text = [path, field?.description, field?.why].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

interface TreeContext {
  readonly choice: Choice;
  readonly last: CountPeriod;
  readonly earlier: CountPeriod | undefined;
  readonly fields: ReadonlyMap<string, Field>;
}

function tree(facts: readonly Fact[], context: TreeContext): Html {
  const paths = new Set(facts.map(({ path }) => path));
  for (const { path } of facts) {
    for (let above = parentOf(path); above !== undefined; above = parentOf(above)) paths.add(above);
  }
  const byParent = groupBy([...paths].toSorted(), (path) => parentOf(path) ?? '');
  const byPath = groupBy(facts, ({ path }) => path);
  const branch = (path: string): Html => {
    const below = byParent.get(path) ?? [];
    return html`<li>
      ${entry(path, byPath.get(path) ?? [], context)}${
        below.length === 0
          ? ''
          : html`<ul>
              ${below.map(branch)}
            </ul>`
      }
    </li>`;
  };
  return html`<ul class="tree">
    ${(byParent.get('') ?? []).map(branch)}
  </ul>`;
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

function entry(path: string, own: readonly Fact[], { choice, last, earlier, fields }: TreeContext): Html {
  const field = fields.get(path);
  const present = own.find(({ value }) => value === true);
  const link = `./field${searchOf(choice, {}, { path })}`;
  const sliced = (condition: Condition): string =>
    `./explore${searchOf(choice, { where: [...choice.where, condition] })}`;
  return html`<a class="path" href="${link}">${breakable(lastKeyOf(path))}</a> ${
      present === undefined || own.length > 1
        ? html`${own
            .slice(0, listedValues)
            .map(
              (fact) =>
                html` <span class="fact"
                  ><a href="${sliced({ path, value: fact.value })}">${valueName(fact)}</a>
                  <small>${shareText(fact.counts[0] ?? 0, last.total)}</small></span
                >`,
            )}${own.length > listedValues ? html` <a href="${link}">${countText(own.length - listedValues)} more</a>` : ''}`
        : html` <span class="mini">${shareBar((present.counts[0] ?? 0) / Math.max(1, last.total))}</span
            ><a href="${sliced({ path, value: true })}">${shareText(present.counts[0] ?? 0, last.total)}</a>
            <small
              >${
                earlier === undefined
                  ? ''
                  : changeText(
                      (present.counts[0] ?? 0) / Math.max(1, last.total),
                      countAt(earlier, path, true) / Math.max(1, earlier.total),
                    )
              }</small
            >`
    }
    ${field?.description === undefined ? '' : html`<br /><small>${field.description} ${field.why ?? ''}</small>`}`;
}
