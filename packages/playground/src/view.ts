import type { Anonymized, Note, Row } from './anonymize.js';

/** Creates an element with attributes and content; text is never read as markup. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...content: readonly (Node | string)[]
): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

/** Returns a table of a configuration's lines, or of what is wrong with it. */
export function resultOf(anonymized: Anonymized): HTMLElement {
  if ('problems' in anonymized) {
    const problems = anonymized.problems.map((problem) => element('li', {}, problem));
    return element(
      'div',
      { class: 'problems' },
      element('p', {}, 'This cannot be read as a configuration:'),
      element('ul', {}, ...problems),
    );
  }
  // With roles, since a narrow page shows the cells of a row in two lines.
  const heading = ['Yours', 'What leaves', 'Why'].map((name) =>
    element('th', { role: 'columnheader' }, name),
  );
  return element(
    'table',
    { class: 'lines', role: 'table', 'aria-label': 'Your lines and what leaves of them' },
    element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...heading)),
    element('tbody', { role: 'rowgroup' }, ...anonymized.rows.map(rowOf)),
  );
}

function rowOf({ written = '', shown = '', notes }: Row): HTMLElement {
  const isKept = notes.every(({ action }) => action === 'kept');
  return element(
    'tr',
    { role: 'row', class: notes.length === 0 ? 'other' : isKept ? 'kept' : 'changed' },
    element('td', { role: 'cell' }, element('code', {}, written)),
    element('td', { role: 'cell' }, element('code', {}, shown)),
    element('td', { role: 'cell' }, ...whys(notes)),
  );
}

/** Returns the reasons of a line; each names its path if there are several. */
function whys(notes: readonly Note[]): HTMLElement[] {
  const texts = notes.map(({ path, action, why }) => {
    const text =
      action === 'kept' || action === 'transformed' ? actions[action] : `${actions[action]}: ${why}`;
    return notes.length > 1 ? `${path} ${text}` : text;
  });
  const shown = texts.length > mostNotes ? texts.slice(0, mostNotes - 1) : texts;
  const more = texts.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].map((text) => element('div', {}, text));
}

const mostNotes = 12;

const actions: Readonly<Record<Note['action'], string>> = {
  kept: 'exported',
  masked: 'masked',
  scrubbed: 'scrubbed',
  transformed: 'reduced',
  renamed: 'renamed',
  omitted: 'left out',
};

/** Returns how many values had which result, such as "12 exported, 3 masked". */
export function summaryOf(rows: readonly Row[]): string {
  const counts = new Map<string, number>();
  for (const { action } of rows.flatMap(({ notes }) => notes)) {
    counts.set(actions[action], (counts.get(actions[action]) ?? 0) + 1);
  }
  return counts.size === 0
    ? 'There is no value in it.'
    : `${[...counts].map(([action, count]) => `${count} ${action}`).join(', ')}.`;
}
