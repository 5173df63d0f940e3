import { html } from 'hono/html';
import { dayText } from '../calendar.js';
import type { Choice } from '../choice.js';
import type { DashboardError } from '../dashboard-error.js';
import type { Html } from './html.js';

/** Shown before the first report: what a report is and how to send one to this collector. */
export function emptyPage(endpoint: string): Html {
  const code = `import { createUsageReporting } from 'candor';

const usage = createUsageReporting({
  product: 'my-program', version: '1.0.0', schema,
  config: () => config, consent: 'on', state: '/var/lib/my-program',
  endpoint: '${endpoint}',
});
usage.start();`;
  return plainPage(
    'No reports yet',
    html`<section>
      <p>
        This collector is running and nobody has reported to it so far. When a program reports, this page
        answers: how many installations are active, which versions run, and which settings are used.
      </p>
      <h2>Send the first report</h2>
      <ol>
        <li>
          See what would leave, without sending anything:
          <pre><code>npx candor preview traefik.toml --schema traefik-v2</code></pre>
        </li>
        <li>
          Report from a program, to <code>${endpoint}</code>:
          <pre><code>${code}</code></pre>
        </li>
        <li>Reload this page. The first report is sent 10 minutes after the program has started.</li>
      </ol>
    </section>`,
  );
}

/** Shown in place of the numbers when the chosen range holds no report, though the product has some. */
export function emptyRange(
  choice: Choice,
  known: { readonly firstDay: string; readonly lastDay: string },
): Html {
  return html`<section>
    <h2>No reports in this range</h2>
    <p>
      Reports of ${choice.product} were received from ${dayText(known.firstDay)} to ${dayText(known.lastDay)}.
      <a href="?${new URLSearchParams({ product: choice.product }).toString()}"
        >Show the last 30 days of them</a
      >
    </p>
  </section>`;
}

/** Shown when the request makes no sense or the collector does not answer. */
export function errorPage(
  error: DashboardError,
  titles: { readonly title: string; readonly todo: string },
): Html {
  return plainPage(
    titles.title,
    html`<section role="alert">
      <p>${error.message} ${titles.todo}</p>
      <p><a href="?">Start again</a></p>
    </section>`,
  );
}

function plainPage(title: string, content: Html): Html {
  return html`<header>
      <p class="brand">Candor</p>
      <h1>${title}</h1>
    </header>
    <main id="main">${content}</main>`;
}
