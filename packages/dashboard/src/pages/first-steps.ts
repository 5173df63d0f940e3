import { html } from 'hono/html';
import type { Html } from '../view/html.js';
import { plainPage } from '../view/layout.js';
import type { Page } from './page.js';

/** The server's settings for the page of the first steps. */
export interface FirstSteps {
  /** The URL that programs report to. */
  readonly endpoint: string;
  /** The command that registers a product; its name and the field list follow. */
  readonly register: string;
  /** The products that are registered. */
  readonly registered: readonly string[];
}

/**
 * Returns the page shown before the first report: how to register a product, and how a program reports to this
 * collector.
 */
export function firstSteps({ endpoint, register, registered }: FirstSteps): Page {
  const title = 'First steps';
  const content = html`<section>
    <p>
      When a program has reported, these pages say how many installations are active, which versions run, and
      which settings are used. The lines below work as they are in an empty folder; in a program of yours, its
      own schema and main file take the place of the two files.
    </p>
    <p>${state(registered)}</p>
    <ol class="steps">
      <li>
        <h3>Tag what may leave</h3>
        <p>
          A field keeps its value only where the schema of the configuration says <code>export</code>; any
          other leaves masked, or not at all. This is <code>config-schema.mjs</code>:
        </p>
        <pre data-file="config-schema.mjs"><code>${schemaLines}</code></pre>
      </li>
      <li>
        <h3>Keep the list of what leaves</h3>
        <p>
          <code>candor.fields.json</code> is what people review, and all that the collector needs to verify
          reports.
        </p>
        <pre data-run><code>npm install candor
npx candor fields ./config-schema.mjs --write</code></pre>
      </li>
      <li>
        <h3>Register the product</h3>
        <p>
          On the machine of the server. It reads the list within five seconds, and refuses reports until then.
        </p>
        <pre data-run><code>${register} my-program candor.fields.json</code></pre>
      </li>
      <li>
        <h3>Report from the program</h3>
        <p>
          This is <code>main.mjs</code>. The person who runs the program decides whether it reports. Until
          then the program refuses to start, and says how to choose.
        </p>
        <pre data-file="main.mjs"><code>${hostLines(endpoint)}</code></pre>
      </li>
      <li>
        <h3>Try it without waiting</h3>
        <p>
          The first report goes ten minutes after the start. These lines show what would leave, choose to take
          part, try the way to this server with a dry run, and send one report now:
        </p>
        <pre data-run><code>node main.mjs usage preview
node main.mjs usage on
node main.mjs usage doctor
node main.mjs usage report-now</code></pre>
        <p>Then <a href="./">the overview</a> has one installation.</p>
      </li>
    </ol>
  </section>`;
  return { title, content: plainPage(title, content) };
}

function state(registered: readonly string[]): Html {
  if (registered.length === 0) return html`No product is registered yet, and nobody has reported.`;
  return html`Registered:
  ${registered.map((name, at) => html`${at === 0 ? '' : ', '}<strong><bdi>${name}</bdi></strong>`)}.`;
}

const schemaLines = `export const schema = {
  type: 'object',
  export: true,
  properties: {
    theme: {
      enum: ['dark', 'light'],
      export: true,
      description: 'The colours of the pages.',
      why: 'Is the dark theme worth keeping?',
    },
    adminEmail: { type: 'string', description: 'Where warnings go.' },
  },
};
export const config = { theme: 'dark', adminEmail: 'someone@example.org' };`;

function hostLines(endpoint: string): string {
  return `import { createUsageReporting } from 'candor';
import { config, schema } from './config-schema.mjs';

const usage = createUsageReporting({
  product: 'my-program',
  version: '1.0.0',
  schema,
  config: () => config,
  endpoint: '${endpoint}',
});
if (process.argv[2] === 'usage') {
  const { code, output } = await usage.command(process.argv.slice(3));
  process.stdout.write(output);
  process.exitCode = code;
} else {
  await usage.start();
}`;
}
