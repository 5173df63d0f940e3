import type { FieldList } from '@candor/schema';
import { html } from 'hono/html';
import { type Choice, searchOf } from '../choice.js';
import { anyName, type Fact, lastKeyOf, parentOf } from '../counts/facts.js';
import type { Html } from '../view/html.js';
import { breakable, counted } from '../view/text.js';

/** Paths listed; a page cannot list them without end. */
const listed = 300;

/** What a field list names and nobody reported: what could be removed. */
export interface Unused {
  /** The members of a section that nobody reported. */
  membersOf(section: string): readonly string[];
  /** All that nobody reported; what lies below one of them is left out. */
  readonly topmost: readonly string[];
}

/** Finds what the facts of all shown periods do not have. */
export function unusedOf(list: FieldList | undefined, facts: readonly Fact[]): Unused {
  const reported = new Set(facts.map(({ path }) => path));
  const silent = (list?.fields ?? [])
    .map(({ path }) => path)
    // The whole has no name to list, and any member of a map is as unused as the map.
    .filter((path) => path !== '' && !reported.has(path) && lastKeyOf(path) !== anyName);
  const known = new Set(silent);
  return {
    membersOf: (section) => silent.filter((path) => parentOf(path) === section),
    topmost: silent.filter((path) => !liesBelow(path, known)),
  };
}

function liesBelow(path: string, known: ReadonlySet<string>): boolean {
  const parent = parentOf(path);
  return parent !== undefined && (known.has(parent) || liesBelow(parent, known));
}

/** Lists the members of a section that nobody reported. */
export function unusedMembers(members: readonly string[], choice: Choice): Html {
  if (members.length === 0) return html``;
  return html`<p class="unused">Reported by none: ${links(members, choice, lastKeyOf)}</p>`;
}

/** Lists everything that nobody reported, to look for what can be removed. */
export function unusedSection({ topmost }: Unused, choice: Choice, installations: number): Html {
  if (topmost.length === 0) return html``;
  return html`<section aria-labelledby="unused">
    <h2 id="unused">Reported by none</h2>
    <p class="lead">
      ${counted(topmost.length, 'path')} of the field list that none of
      ${counted(installations, 'installation')} reported, nor anybody in the
      ${choice.period === 'day' ? 'days' : `${choice.period}s`} before that are shown. What lies below one of
      them is left out.
    </p>
    <details>
      <summary>All ${counted(topmost.length, 'path')}</summary>
      <p class="unused all">${links(topmost.slice(0, listed), choice, (path) => path)}</p>
    </details>
  </section>`;
}

function links(paths: readonly string[], choice: Choice, nameOf: (path: string) => string): Html {
  return html`${paths.map(
    (path) =>
      html`<a href="./field${searchOf(choice, {}, { path })}" title="${path}"
        >${breakable(nameOf(path))}</a
      > `,
  )}`;
}
