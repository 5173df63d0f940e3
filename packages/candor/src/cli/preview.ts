import { styleText } from 'node:util';
import { createAnonymizer, type Remark } from '@candor/anonymizer';
import { type Format, formatIssue, type Loaded, render } from '@candor/config';
import { CandorError } from '../candor-error.js';
import { countsText, explainText } from '../operator/explain-text.js';
import { guessSchema } from './guess-schema.js';
import type { CliResult } from './cli-result.js';
import { type NamedSchema, readSchema } from './schema-file.js';

/** What to preview, and how to show it. */
export interface PreviewOptions {
  readonly schema?: string | undefined;
  readonly format?: string | undefined;
  readonly explain?: boolean | undefined;
  readonly product?: string | undefined;
  readonly productVersion?: string | undefined;
  /** Flags of the configuration; they win over the file. */
  readonly flags: readonly string[];
  readonly colours: boolean;
}

/** Shows the anonymized form of a configuration; sends nothing and writes nothing. */
export async function preview(file: string | undefined, options: PreviewOptions): Promise<CliResult> {
  const { format = 'own', flags } = options;
  if (!formats.has(format))
    throw new CandorError('ERR_ARGUMENT', `--format: expected ${[...formats].join(', ')}`);
  if (file === undefined && flags.length === 0) {
    throw new CandorError('ERR_ARGUMENT', 'preview: expected a file, or flags after --');
  }
  const source = { ...(file !== undefined && { file }), ...(flags.length > 0 && { argv: flags }) };
  const { schema, loaded, reason } = await choose(options.schema, source);
  if (loaded.rest.length > 0) {
    throw new CandorError('ERR_ARGUMENT', 'preview: after -- expected flags only, found another argument');
  }
  const notes = [reason ?? [], loaded.warnings.map(formatIssue)]
    .flat()
    .map((line) => `${line}\n`)
    .join('');
  const remarks = createAnonymizer(schema.schema).explain(loaded.written);
  if (options.explain === true) {
    const text = explainText(remarks, { style: options.colours ? coloured : undefined });
    return { code: 0, output: `${text}\n${countsText(remarks)}\n`, notes };
  }
  const output =
    format === 'json'
      ? await report(schema, loaded, options)
      : render(loaded, remarks, format === 'own' ? undefined : (format as Format));
  return { code: 0, output, notes };
}

const formats: ReadonlySet<string> = new Set(['own', 'json', 'toml', 'yaml']);

async function choose(
  name: string | undefined,
  source: { readonly file?: string; readonly argv?: readonly string[] },
): Promise<{ schema: NamedSchema; loaded: Loaded; reason?: string }> {
  if (name === undefined) return await guessSchema(source);
  const schema = await readSchema(name);
  return { schema, loaded: schema.load(source) };
}

/** Resolves to the first report of a program with this configuration, as text. */
async function report(schema: NamedSchema, loaded: Loaded, options: PreviewOptions): Promise<string> {
  const product = options.product ?? schema.product;
  if (product === undefined) {
    throw new CandorError('ERR_ARGUMENT', '--format json needs --product, which a report names');
  }
  // Imported late, since no other format needs the reporter.
  const { createUsageReporting } = await import('../create-usage-reporting.js');
  const usage = createUsageReporting({
    product,
    version: options.productVersion ?? schema.version,
    schema: schema.schema,
    config: () => loaded,
    endpoint: 'https://localhost/v1/reports',
    consent: 'local',
    // A store that is empty and keeps nothing.
    state: { read: async () => undefined, compareAndSet: async () => false },
  });
  return `${new TextDecoder().decode(await usage.preview())}\n`;
}

const colours = {
  kept: 'green',
  scrubbed: 'yellow',
  transformed: 'yellow',
  renamed: 'yellow',
  masked: 'cyan',
  omitted: 'gray',
} as const satisfies Record<Remark['action'], string>;

function coloured(action: Remark['action'], text: string): string {
  // The caller has already checked that this is a terminal.
  return styleText(colours[action], text, { validateStream: false });
}
