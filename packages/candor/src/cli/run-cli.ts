import { createRequire } from 'node:module';
import { nearest } from '@candor/config';
import { type CAC, cac, type Command } from 'cac';
import { CandorError } from '../candor-error.js';
import { describeFailure } from '../operator/answer.js';
import type { CliResult } from './cli-result.js';
import { type BesideOptions, checkFields, printFields, writeFields } from './fields.js';
import { lintSchema } from './lint.js';
import { type NoticeOptions, showNotice } from './notice.js';
import { preview, type PreviewOptions } from './preview.js';

/** Where the command line runs. */
export interface CliContext {
  readonly colours: boolean;
}

const schemas = 'traefik-v2, traefik-v3, or a file: JSON Schema, or a module that exports one';

/** Runs the `candor` command line; never rejects. Help and version go to the console. */
export async function runCli(argv: readonly string[], context: CliContext): Promise<CliResult> {
  const cli = cac('candor');
  cli.usage('<command> [options]\n\n  Shows what anonymous usage reports hold. Nothing is sent.');
  previewCommand(cli, context);
  beside(
    cli.command(
      'fields <schema> [file]',
      'Print the list of exported fields, keep it, or check that it is kept',
    ),
  )
    .option('--write', 'Write it to the file (candor.fields.json)')
    .option(
      '--check',
      'Compare with the file; exits 1 and prints the difference when the schema exports else',
    )
    .action((schema: string, file: string | undefined, options: FieldsFlags) => {
      const given = texts(options);
      const { write = false, check = false } = given;
      if (write && check) throw new CandorError('ERR_ARGUMENT', 'choose one of --write and --check');
      if (check) return checkFields(schema, file, given);
      if (write) return writeFields(schema, file, given);
      // Without a word about it, the list under review must not become what the schema says.
      if (file !== undefined)
        throw new CandorError('ERR_ARGUMENT', `fields: ${file}: with --write or --check?`);
      return printFields(schema, given);
    });
  cli
    .command('lint <schema>', 'Check the tags of a schema; exits 1 on errors')
    .action((schema: string) => lintSchema(schema));
  beside(cli.command('notice <schema>', 'Print the text that a program shows on its first run'))
    .option('--product <name>', 'Name of the product')
    .option('--endpoint <url>', 'Where reports go')
    .action((schema: string, options: NoticeOptions) => showNotice(schema, texts(options)));
  cli.help();
  cli.version(version());
  return await run(cli, argv);
}

function version(): string {
  // By its name, since the sources and the bundle lie at different depths.
  const manifest = createRequire(import.meta.url)('candor/package.json') as { readonly version: string };
  return manifest.version;
}

interface FieldsFlags extends BesideOptions {
  readonly write?: boolean;
  readonly check?: boolean;
}

function beside(command: Command): Command {
  return command
    .option('--facts <schema>', 'The schema of the facts that the program collects')
    .option('--features <names>', 'The names of its features, separated by commas');
}

/** Options as written: cac makes numbers of what looks like one, and lists of what is there twice. */
function texts<Options extends object>(options: Options): Options {
  const entries = Object.entries(options).map(([name, value]: [string, unknown]) => {
    if (name !== '--' && Array.isArray(value)) {
      throw new CandorError('ERR_ARGUMENT', `--${name}: expected once, is there ${value.length} times`);
    }
    return [name, typeof value === 'number' ? String(value) : value];
  });
  return Object.fromEntries(entries) as Options;
}

function previewCommand(cli: CAC, { colours }: CliContext): void {
  cli
    .command('preview [file]', 'Show the anonymized form of a configuration file, or of flags after --')
    .option('--schema <schema>', `${schemas}; chosen by content where it is not given`)
    .option(
      '--format <format>',
      'own (as the file is written), toml, yaml, or json (the report as it would be sent)',
      {
        default: 'own',
      },
    )
    .option('--explain', 'List each path with what happens to it and why')
    .option('--product <name>', 'Name of the product in the report')
    .option('--product-version <version>', 'Its version in the report')
    .example('candor preview traefik.toml --explain')
    .example('candor preview --schema traefik-v2 -- --entryPoints.web.address=:80 --providers.docker')
    .action((file: string | undefined, options: Omit<PreviewOptions, 'flags' | 'colours'>) => {
      const { '--': flags = [] } = options as { '--'?: string[] };
      return preview(file, { ...texts(options), flags, colours });
    });
}

async function run(cli: CAC, argv: readonly string[]): Promise<CliResult> {
  try {
    cli.parse(['node', 'candor', ...argv], { run: false });
    if (cli.options['help'] === true || cli.options['version'] === true)
      return { code: 0, output: '', notes: '' };
    if (cli.matchedCommand === undefined) {
      if (argv.length > 0) throw new CandorError('ERR_ARGUMENT', unknownCommand(cli));
      cli.outputHelp();
      return { code: 2, output: '', notes: '' };
    }
    return (await cli.runMatchedCommand()) as CliResult;
  } catch (error) {
    const isUsage = isCode(error, 'ERR_ARGUMENT') || (error instanceof Error && error.name === 'CACError');
    // What cac says names options and arguments of this command line, no configuration.
    const what = error instanceof Error && error.name === 'CACError' ? error.message : describeFailure(error);
    return { code: isUsage ? 2 : 1, output: '', notes: `candor: ${what}\n` };
  }
}

function unknownCommand(cli: CAC): string {
  const names = cli.commands.map(({ name }) => name);
  const guess = nearest(cli.args[0] ?? '', names);
  const hint = guess === undefined ? '' : ` (did you mean "${guess}"?)`;
  return `expected one of the commands ${names.join(', ')}${hint}; see --help`;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof CandorError && error.code === code;
}
