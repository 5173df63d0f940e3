import { html } from 'hono/html';
import type { DashboardError } from '../dashboard-error.js';
import type { Html } from '../view/html.js';
import type { Page } from './page.js';

/** What is shown before the first report: how to register a product, and how a program reports to this collector. */
export function firstSteps(endpoint: string): Page {
  return {
    title: 'First steps',
    content: plain(
      'First steps',
      html`<section>
        <p>
          This collector runs, and nobody has reported to it so far. When a program reports, these pages say
          how many installations are active, which versions run, and which settings are used.
        </p>
        <ol>
          <li>
            <h3>Keep the list of what your program exports</h3>
            <p>It is the file that people review, and all that the collector needs to verify reports.</p>
            <pre><code>npx candor fields ./config-schema.js --write</code></pre>
          </li>
          <li>
            <h3>Register the product</h3>
            <p>A report of a product that is not registered is refused.</p>
            <pre><code>candor-server product add my-program candor.fields.json</code></pre>
            <p>
              With the JSON Schema of the configuration as one more argument, people can try theirs on the
              page of what is collected. <code>npx candor schema ./config-schema.js</code> prints it.
            </p>
          </li>
          <li>
            <h3>Report from the program</h3>
            <pre><code>${hostLines(endpoint)}</code></pre>
          </li>
          <li>
            <h3>Try it without waiting</h3>
            <p>
              The first report goes ten minutes after start. These lines try the way to here without sending
              one, and send one at once:
            </p>
            <pre><code>my-program usage doctor
my-program usage report-now</code></pre>
          </li>
        </ol>
      </section>`,
    ),
  };
}

function hostLines(endpoint: string): string {
  return `import { createUsageReporting } from 'candor';
import { config, schema } from './config-schema.js';

const usage = createUsageReporting({
  product: 'my-program',
  version: '1.0.0',
  schema,
  config: () => config,
  endpoint: '${endpoint}',
  consent: config.sendAnonymousUsage,
});
await usage.start();`;
}

const explained = {
  ERR_RANGE: { status: 400, title: 'That cannot be shown', todo: 'Choose something else.' },
  ERR_UNKNOWN_PRODUCT: { status: 404, title: 'Unknown product', todo: 'Choose one that has reported.' },
  ERR_QUERY: {
    status: 502,
    title: 'The numbers cannot be read',
    todo: "Reports may still be arriving. See the server's log and reload the page.",
  },
} as const;

/** What is shown when the request makes no sense or the collector does not respond, with its HTTP status. */
export function errorPage(error: DashboardError): Page & { readonly status: 400 | 404 | 502 } {
  const { status, title, todo } = explained[error.code];
  return {
    status,
    title,
    content: plain(
      title,
      html`<section role="alert">
        <p>${error.message} ${todo}</p>
        <p><a href="./">Start again</a></p>
      </section>`,
    ),
  };
}

function plain(title: string, content: Html): Html {
  return html`<header>
      <p class="brand">Candor</p>
      <h1>${title}</h1>
    </header>
    <main id="main">${content}</main>`;
}
