import type { Field, Shape, Transform } from '@candor/schema';
import { html } from 'hono/html';
import type { Html } from '../view/html.js';
import { valueText } from '../view/text.js';
import type { Page, PageContext } from './page.js';

/** What leaves an installation, field by field: rendered from the field list, which is what the collector holds reports against. */
export function collected({ choice, info }: Pick<PageContext, 'choice' | 'info'>): Page {
  const title = `What ${choice.product} collects`;
  const list = info.fields;
  if (list === undefined) {
    return {
      title,
      content: html`<section>
        <h2>${title}</h2>
        <p>No field list is known here.</p>
      </section>`,
    };
  }
  const content = html`<section aria-labelledby="fields">
      <h2 id="fields">Fields that leave</h2>
      <p class="lead">
        Only these, and only where the operator said yes. Everything else is masked before it leaves: text as
        <code>xxxx</code>, numbers as <code>0</code>, switches as <code>false</code>, sections not at all.
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">What is done to it</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            ${list.fields.filter(({ path }) => path !== '').map(fieldRow)}
          </tbody>
        </table>
      </div>
    </section>
    <section aria-labelledby="shape">
      <h2 id="shape">What the shape of a report shows</h2>
      <p class="lead">A masked value still shows that it is there, and a list how long it is.</p>
      <details>
        <summary>${list.shape.length} places</summary>
        <ul>
          ${list.shape.map((shape) => html`<li><span class="path">${shape.path}</span>: ${shapeText(shape)}</li>`)}
        </ul>
      </details>
    </section>
    <section aria-labelledby="envelope">
      <h2 id="envelope">Around it</h2>
      <dl>
        ${envelope.map(
          ([name, text]) =>
            html`<dt><code>${name}</code></dt>
              <dd class="note">${text}</dd>`,
        )}
      </dl>
    </section>
    <section aria-labelledby="never">
      <h2 id="never">Never</h2>
      <p>
        Tokens, user names, passwords, URLs, IP addresses, domains and e-mail addresses are removed from
        exported text too. The collector keeps no address and no header of a request. Dynamic configuration is
        never collected.
      </p>
      <h3>How to say no, and how to check</h3>
      <pre><code>${choice.product} usage off
${choice.product} usage preview
${choice.product} usage log</code></pre>
      <p class="note">
        <code>DO_NOT_TRACK=1</code> in the environment turns reporting off whatever else says.
      </p>
    </section>`;
  return { title, content };
}

function fieldRow(field: Field): Html {
  const { path, key, description, why } = field;
  return html`<tr>
    <th scope="row" class="path">
      <bdi>${path}</bdi>${key === true ? html` <small>(its name)</small>` : ''}
    </th>
    <td>${treatment(field)}</td>
    <td>${description ?? ''} ${why ?? ''}</td>
  </tr>`;
}

/** What is done to a field on its way out, with an example. */
function treatment({ type, transform, values, text }: Field): string {
  if (transform !== undefined) return transformText(transform);
  if (values !== undefined) return `as it is, only ${values.map((value) => valueText(value)).join(', ')}`;
  if (text === true || type.includes('string'))
    return 'as text, scrubbed of anything that looks like a secret or an address';
  return type.includes('object')
    ? 'that it is there'
    : type.includes('array')
      ? 'how many there are'
      : 'as it is';
}

function transformText(transform: Transform): string {
  switch (transform.kind) {
    case 'only':
      return `only ${transform.values.map((value) => valueText(value)).join(', ')}; ${transform.words === true ? 'a name that holds the words of one counts as it; ' : ''}anything else as "other"`;
    case 'bucket':
      return `in steps of ${transform.bounds.join(', ')}`;
    case 'count':
      return 'how many there are';
    case 'presence':
      return 'whether it is set';
    case 'port':
      return 'only its port: of 10.1.2.3:80 the part :80';
  }
}

function shapeText({ shows }: Shape): string {
  return { presence: 'whether it is set', length: 'how long it is', members: 'how many members it has' }[
    shows
  ];
}

const envelope = [
  ['id', 'a random number, new for each report, so that a report that is sent twice counts once'],
  ['product, version', 'the name and the release of the program'],
  ['fields', 'the digest of the list above'],
  [
    'hash',
    'a commitment to the configuration under a key that is thrown away; nobody can compare or guess it',
  ],
  ['changed', 'whether the configuration changed since the report before'],
  [
    'first',
    'whether this is the first report of the day, week or month: active installations are counted from it',
  ],
  ['age', 'how long the installation has been running, in five steps'],
] as const;
