import type { AuditEntry, Diagnosis, Forgotten, Status } from '@candor/reporter';
import { htmlEscape } from 'escape-goat';
import { doctorHeadline } from './doctor-text.js';
import { erasureText } from './erasure-text.js';
import { printable } from './printable.js';
import { headline, statusRows, theseFields } from './status-text.js';

/** What the operator's page shows. */
export interface PageContent {
  readonly status: Status;
  readonly log: readonly AuditEntry[];
  /** The next report, or why there is none. */
  readonly report: { readonly text: string; readonly failure: string | undefined };
  readonly notice: string;
  /** What an action found that was done just now. */
  readonly found?: { readonly diagnosis: Diagnosis } | { readonly erasure: Forgotten } | undefined;
}

/** The operator's page; its one style sheet carries the nonce. */
export function operatorPage(content: PageContent, nonce: string): string {
  const { status, log, report, notice, found } = content;
  const title = escaped(`Usage reporting of ${status.product}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${escaped(upperFirst(headline(status)))}</p>
<table>
${statusRows(status)
  .map(([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`)
  .join('\n')}
</table>
<form method="post">
${modes.map(([mode, label]) => button(mode, label, mode === status.mode)).join('\n')}
${button('doctor', 'Check each step')}
</form>
${found === undefined ? '' : foundText(found)}${newFields(status)}<h2>The next report</h2>
${report.failure === undefined ? `<pre tabindex="0">${escaped(report.text)}</pre>` : `<p>There is none: ${escaped(report.failure)}</p>`}
<h2>Reports so far</h2>
${log.length === 0 ? '<p>No report was made yet.</p>' : logTable(log)}
${removal}<h2>What is collected</h2>
<details><summary>The whole list</summary>
<pre tabindex="0">${escaped(notice)}</pre>
</details>
</main>
</body>
</html>
`;
}

const modes = [
  ['on', 'Report'],
  ['local', 'Write to the log only'],
  ['off', 'Stop'],
] as const;

/** What cannot be undone is not beside what can. */
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
    return `<h2>Erased reports</h2>\n<p class="lines" role="status">${escaped(erasureText(found.erasure).trimEnd())}</p>\n`;
  }
  const { steps, untried } = found.diagnosis;
  const rows = steps.map(
    ({ name, message, remedy }) =>
      `<tr><th scope="row">${escaped(name)}</th><td>${remedy === null ? 'ok' : 'fails'}</td><td>${escaped(message)}${remedy === null ? '' : ` ${escaped(remedy)}`}</td></tr>`,
  );
  return `<h2>Each step of reporting</h2>
<p role="status">${upperFirst(doctorHeadline(steps))}${untried === null ? '' : ` ${escaped(untried)}`}</p>
<table>
${rows.join('\n')}
</table>
`;
}

/** What is new since the operator accepted, how each leaves, and the button that accepts it. */
function newFields({ newFields: fields }: Status): string {
  if (fields.length === 0) return '';
  const rows = fields.map(
    ({ path, exportedAs, description = '' }) =>
      `<tr>${[path, exportedAs, description].map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
  );
  const head = ['Field', 'How it leaves', 'What it is']
    .map((name) => `<th scope="col">${name}</th>`)
    .join('');
  return `<h2>New fields</h2>
<p>This version reports more than you accepted. Until you accept it, nothing goes.</p>
<div class="scroll" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>
<form method="post">
${button('accept', `Accept ${theseFields(fields.length)}`)}
</form>
`;
}

function button(action: string, label: string, isPresent?: boolean): string {
  const state = isPresent === undefined ? '' : ` aria-pressed="${isPresent}"`;
  return `<button name="action" value="${action}"${state}>${label}</button>`;
}

/** The latest entries, newest first. */
function logTable(log: readonly AuditEntry[]): string {
  const rows = log
    .slice(-shownEntries)
    .toReversed()
    .map(
      ({ time, event, id, reason = '' }) =>
        `<tr>${[time, event, id, reason].map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
    );
  const head =
    '<tr><th scope="col">Time</th><th scope="col">What</th><th scope="col">Report</th><th scope="col">Answer</th></tr>';
  return `<div class="scroll" tabindex="0"><table><thead>${head}</thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

const shownEntries = 100;

function escaped(text: string): string {
  return htmlEscape(printable(text));
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
th { text-align: left; font-weight: 600; padding: .2rem 1rem .2rem 0; vertical-align: top; }
td { padding: .2rem 1rem .2rem 0; overflow-wrap: anywhere; }
pre, .scroll { overflow: auto; max-height: 30rem; }
pre { font-size: .85rem; border: 1px solid; padding: .75rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: 1rem; }
form p { flex-basis: 100%; margin: 0; } .lines { white-space: pre-line; overflow-wrap: anywhere; }
button { font: inherit; padding: .35rem .8rem; }
button[aria-pressed=true] { font-weight: 700; outline: 2px solid; }
`;
