import type { Format } from '@candor/config';
import type { JsonSchema } from '@candor/schema';
import type { Anonymized } from './anonymize.js';
import { guessFormat } from './guess-format.js';
import { element, resultOf, summaryOf } from './view.js';

type Anonymize = (format: Format, text: string) => Anonymized;

const root = document.getElementById('playground');
const schemaUrl = root?.dataset.schema;
if (root !== null && schemaUrl !== undefined) fill(root, schemaUrl);

/** Fills an element with the box. The rest of the script and the schema are loaded when it comes into view. */
function fill(container: HTMLElement, schema: string): void {
  const text = element('textarea', {
    id: 'pasted',
    spellcheck: 'false',
    autocapitalize: 'none',
    autocomplete: 'off',
    rows: '12',
  }) as HTMLTextAreaElement;
  const format = element(
    'select',
    {},
    ...['guess', 'toml', 'yaml', 'json'].map((value) =>
      element('option', { value }, value === 'guess' ? 'guess the format' : value.toUpperCase()),
    ),
  ) as HTMLSelectElement;
  const state = element('p', { class: 'note', 'aria-live': 'polite' });
  const result = element('div');
  container.replaceChildren(
    element('label', { for: 'pasted' }, 'Your configuration'),
    text,
    element('label', {}, 'Format ', format),
    state,
    result,
  );

  let anonymize: Anonymize | undefined;
  function show(): void {
    if (anonymize === undefined || text.value.trim() === '') {
      result.replaceChildren();
      state.textContent = '';
      return;
    }
    const chosen = format.value === 'guess' ? guessFormat(text.value) : (format.value as Format);
    // The old result belongs to another text.
    result.replaceChildren();
    state.textContent = 'This cannot be anonymized here.';
    const anonymized = anonymize(chosen, text.value);
    const summary = 'rows' in anonymized ? summaryOf(anonymized.rows) : 'It is not valid.';
    state.textContent = `Read as ${chosen.toUpperCase()}. ${summary}`;
    result.replaceChildren(resultOf(anonymized));
  }
  text.addEventListener('input', show);
  format.addEventListener('change', show);

  async function start(): Promise<void> {
    try {
      anonymize = await load(schema);
      show();
    } catch {
      state.textContent = 'The script could not be loaded. Reload the page to try again.';
    }
  }
  const inView = new IntersectionObserver((entries) => {
    if (entries.every(({ isIntersecting }) => !isIntersecting)) return;
    inView.disconnect();
    void start();
  });
  inView.observe(container);
}

async function load(schema: string): Promise<Anonymize> {
  const [{ createAnonymize }, { default: read }] = await Promise.all([
    import('./anonymize.js'),
    import(new URL(schema, document.baseURI).href) as Promise<{ readonly default: JsonSchema }>,
  ]);
  return createAnonymize(read);
}
