import { htmlEscape } from 'escape-goat';
import { anyMember, parsePath } from './path.js';
import { fieldExample } from './fields/field-example.js';
import type { Field, FieldList } from './fields/field-list.js';
import { fieldTreatment, shapeBeyond, shapeTreatment } from './fields/treatment.js';

/** The content of the page beside the field list. */
export interface CollectedHtmlOptions {
  /** The operator's command, such as `gateway usage`. */
  readonly command: string;
  /** The parts of each report beside the configuration: names, and what they mean. */
  readonly envelope: readonly (readonly [name: string, what: string])[];
}

/** Returns the content of a page of what is collected, as HTML sections without style; every text is escaped. */
export function collectedHtml(list: FieldList, { command, envelope }: CollectedHtmlOptions): string {
  const fields = list.fields.filter(({ path }) => path !== '');
  const shape = shapeBeyond(list);
  return `<section aria-labelledby="fields">
<h2 id="fields">What leaves</h2>
<p class="lead">These ${fields.length} fields, and only where the operator said yes. Everything else is masked before it leaves: text as
<code>xxxx</code>, numbers as <code>0</code>, switches as <code>false</code>, sections not at all. <code>*</code> stands for any name that
people chose, and for any item of a list.</p>
<table class="fields">
<thead><tr><th scope="col">Field</th><th scope="col">What is done to it</th></tr></thead>
${groups(fields).map(groupHtml).join('\n')}
</table>
</section>
<section aria-labelledby="shape">
<h2 id="shape">What the shape of a report shows</h2>
<p class="lead">Of what is masked, a report still shows that it is there, or how many.</p>
<details>
<summary>${shape.length === 1 ? '1 path' : `${shape.length} paths`}</summary>
<ul>
${shape.map((one) => `<li><span class="path"><bdi>${htmlEscape(one.path)}</bdi></span>: ${shapeTreatment(one)}</li>`).join('\n')}
</ul>
</details>
</section>
<section aria-labelledby="envelope">
<h2 id="envelope">What a report says of itself</h2>
<dl>
${envelope.map(([name, what]) => `<dt><code>${htmlEscape(name)}</code></dt>\n<dd>${htmlEscape(what)}</dd>`).join('\n')}
</dl>
</section>
<section aria-labelledby="never">
<h2 id="never">What is never collected</h2>
<ul>
<li>Tokens, user names, passwords, URLs, IP addresses, domains and e-mail addresses: they are removed from text that leaves, too.</li>
<li>An identifier of the installation, its operator or its users. Nothing links the reports of two days.</li>
<li>How often something is used, and when. A feature was used in the period or it was not.</li>
<li>The address that a report comes from, and the headers of its request: the collector keeps neither.</li>
<li>Whatever the schema of the configuration does not declare.</li>
</ul>
</section>
<section aria-labelledby="choose">
<h2 id="choose">How to say no, and how to check</h2>
<dl>
${commands(command)
  .map(([line, what]) => `<dt><code>${htmlEscape(line)}</code></dt>\n<dd>${what}</dd>`)
  .join('\n')}
</dl>
<p>The collector keeps a report only as far as this list allows. Digest of the list: <code class="digest">${list.digest}</code></p>
</section>`;
}

function commands(command: string): [line: string, what: string][] {
  return [
    [`${command} off`, 'ends reporting for good.'],
    ['DO_NOT_TRACK=1', 'in the environment does the same, whatever else says.'],
    [`${command} preview`, 'shows the next report, byte for byte, and sends nothing.'],
    [`${command} log`, 'shows every report so far.'],
    [`${command} forget`, 'deletes at the collector what it still keeps one by one.'],
  ];
}

/** Returns the fields, grouped by the first key of their path. */
function groups(fields: readonly Field[]): [name: string, fields: readonly Field[]][] {
  const found = new Map<string, Field[]>();
  for (const field of fields) {
    const [first = ''] = parsePath(field.path);
    const name = first === anyMember ? '*' : String(first);
    const known = found.get(name);
    if (known === undefined) found.set(name, [field]);
    else known.push(field);
  }
  return [...found];
}

function groupHtml([name, fields]: [name: string, fields: readonly Field[]]): string {
  const heading =
    fields.length === 1
      ? ''
      : `<tr class="group"><th colspan="2" scope="rowgroup"><bdi>${htmlEscape(name)}</bdi></th></tr>\n`;
  return `<tbody>\n${heading}${fields.map(fieldHtml).join('\n')}\n</tbody>`;
}

function fieldHtml(field: Field): string {
  const { path, key, description, why, sameAs } = field;
  const said = [description, why].flatMap((text) => (text === undefined ? [] : [htmlEscape(text)]));
  const example = sameAs === undefined ? htmlEscape(JSON.stringify(fieldExample(field))) : undefined;
  return `<tr><th scope="row"><span class="path"><bdi>${htmlEscape(path)}</bdi></span>${key === true ? ' <small>its name</small>' : ''}${
    said.length === 0 ? '' : `<p>${said.join(' ')}</p>`
  }</th><td>${htmlEscape(fieldTreatment(field))}${example === undefined ? '' : `<p>such as <code>${example}</code></p>`}</td></tr>`;
}
