import type { AuditEntry, Diagnosis, Forgotten, Status } from '@candor/reporter';
import { htmlEscape } from 'escape-goat';
import { pageStyle } from '../view/page-style.js';
import { doctorHeadline } from './doctor-text.js';
import { erasureText } from './erasure-text.js';
import { printable } from './printable.js';
import { headline, statusRows, theseFields } from './status-text.js';

/** What the operator's page shows. */
export interface PageContent {
  readonly status: Status;
  /** The audit log, or why it cannot be read. */
  readonly log: { readonly entries: readonly AuditEntry[]; readonly failure: string | undefined };
  /** The next report, or why it cannot be made. */
  readonly report: { readonly text: string; readonly failure: string | undefined };
  readonly notice: string;
  /** The result of an action that was just done. */
  readonly found?: { readonly diagnosis: Diagnosis } | { readonly erasure: Forgotten } | undefined;
}

/** Returns the operator's page; its one style sheet carries the nonce. */
export function operatorPage(content: PageContent, nonce: string): string {
  const { status, log, report, notice, found } = content;
  const title = escaped(`Usage reporting of ${status.product}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style nonce="${nonce}">${pageStyle}</style>
</head>
<body>
<header>
<p class="brand">Anonymous usage</p>
<h1>${title}</h1>
<p>${escaped(upperFirst(headline(status)))}</p>
<form method="post">
${modes.map(([mode, label]) => button(mode, label, mode === status.mode)).join('\n')}
${button('doctor', 'Check each step')}
</form>
</header>
<main>
${found === undefined ? '' : foundText(found)}${newFields(status)}${section('Status', rowsTable(statusRows(status)))}
${section(
  'The next report',
  report.failure === undefined
    ? `<pre tabindex="0">${escaped(report.text)}</pre>`
    : `<p>There is none: ${escaped(report.failure)}</p>`,
)}
${section('Reports so far', `${logSection(log)}\n${removal}`)}
${section('What is collected', `<details><summary>The whole list</summary>\n<pre tabindex="0">${escaped(notice)}</pre>\n</details>`)}
</main>
</body>
</html>
`;
}

function section(heading: string, content: string): string {
  return `<section>\n<h2>${heading}</h2>\n${content}\n</section>\n`;
}

/** Returns a table of names and their descriptions; texts are escaped here. */
function rowsTable(rows: readonly (readonly string[])[]): string {
  const lines = rows.map(
    ([name = '', ...cells]) =>
      `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
  );
  return `<table class="rows">\n${lines.join('\n')}\n</table>`;
}

const modes = [
  ['on', 'Report'],
  ['local', 'Write to the log only'],
  ['off', 'Stop'],
] as const;

/** Actions that cannot be undone are kept apart from those that can. */
const removal = `<details><summary>Remove reports</summary>
<form method="post">
<p>The log keeps a secret of each report that went. With it the collector erases the report.</p>
${button('forget', 'Erase my reports at the collector')}
</form>
<form method="post">
<p>Without the log and its secrets, what is still at the collector cannot be erased any more.</p>
${button('clean', 'Delete the log, the keys and the times here')}
</form>
</details>
`;

function foundText(found: NonNullable<PageContent['found']>): string {
  if ('erasure' in found) {
    const text = escaped(erasureText(found.erasure).trimEnd());
    return section('Erased reports', `<p class="lines" role="status">${text}</p>`);
  }
  const { steps, untried } = found.diagnosis;
  const rows = steps.map(({ name, message, remedy }) => [
    name,
    remedy === null ? 'ok' : 'fails',
    remedy === null ? message : `${message} ${remedy}`,
  ]);
  const summary = `${upperFirst(doctorHeadline(steps))}${untried === null ? '' : ` ${escaped(untried)}`}`;
  return section('Each step of reporting', `<p role="status">${summary}</p>\n${rowsTable(rows)}`);
}

/** Returns the new fields, how each is exported, and the button that accepts them. */
function newFields({ newFields: fields }: Status): string {
  if (fields.length === 0) return '';
  const rows = fields.map(
    ({ path, exportedAs, description = '' }) =>
      `<tr>${[path, exportedAs, description].map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
  );
  const head = ['Field', 'How it leaves', 'What it is']
    .map((name) => `<th scope="col">${name}</th>`)
    .join('');
  return section(
    'New fields',
    `<p>This version reports more than you accepted. Until you accept it, nothing goes.</p>
<div class="scroll" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>
<form method="post">
${button('accept', `Accept ${theseFields(fields.length)}`)}
</form>`,
  );
}

function button(action: string, label: string, isPresent?: boolean): string {
  const state = isPresent === undefined ? '' : ` aria-pressed="${isPresent}"`;
  return `<button name="action" value="${action}"${state}>${label}</button>`;
}

function logSection({ entries, failure }: PageContent['log']): string {
  if (failure !== undefined) return `<p>${escaped(failure)}</p>`;
  return entries.length === 0 ? '<p>No report was made yet.</p>' : logTable(entries);
}

/** Returns a table of the latest entries, newest first. */
function logTable(entries: readonly AuditEntry[]): string {
  const rows = entries
    .slice(-shownEntries)
    .toReversed()
    .map(
      ({ time, event, id, reason = '' }) =>
        `<tr>${[time, event, id, reason].map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
    );
  const head =
    '<tr><th scope="col">Time</th><th scope="col">What</th><th scope="col">Report</th><th scope="col">Response</th></tr>';
  return `<div class="scroll" tabindex="0"><table><thead>${head}</thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

const shownEntries = 100;

function escaped(text: string): string {
  return htmlEscape(printable(text));
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
