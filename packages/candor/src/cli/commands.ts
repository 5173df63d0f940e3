import { CandorError } from '../candor-error.js';
import type { CliResult } from './cli-result.js';
import type { Command, CommandOption } from './command-line.js';

const beside: Readonly<Record<string, CommandOption>> = {
  facts: { value: 'schema', help: 'The schema of the facts that the program reports' },
  features: { value: 'names', help: 'The names of its features, separated by commas' },
};

/** Returns the commands of `candor`. A command's modules are loaded when it is called. */
export function commands(colours: boolean): Readonly<Record<string, Command<CliResult>>> {
  return {
    preview: {
      positionals: ['[file]'],
      summary: 'Show the anonymized form of a configuration file, or of flags after --',
      options: {
        schema: {
          value: 'schema',
          help: 'a file (JSON Schema, or a module that exports a schema) or an installed preset; default: the preset that takes the file',
        },
        format: {
          value: 'format',
          help: 'own (as the file is written; default), toml, yaml, or json (the report as it would be sent)',
        },
        explain: { help: 'List each path with what happens to it and why' },
        product: { value: 'name', help: 'Name of the product in the report' },
        'product-version': { value: 'version', help: 'Its version in the report' },
      },
      examples: [
        'candor preview traefik.toml --explain',
        'candor preview --schema traefik-v2 -- --entryPoints.web.address=:80 --providers.docker',
      ],
      async run({ positionals: [file], values, switches, rest }) {
        const { preview } = await import('./preview.js');
        return await preview(file, {
          ...values,
          productVersion: values['product-version'],
          explain: switches.has('explain'),
          flags: rest,
          colours,
        });
      },
    },
    fields: {
      positionals: ['<schema>', '[file]'],
      summary: 'Print the list of exported fields, keep it, or check that it is kept',
      options: {
        write: { help: 'Write it to the file (candor.fields.json)' },
        check: { help: 'Compare with the file; exits 1 and prints the difference when they differ' },
        ...beside,
      },
      async run({ positionals: [schema = '', file], values, switches }) {
        const [write, check] = [switches.has('write'), switches.has('check')];
        if (write && check) throw new CandorError('ERR_ARGUMENT', 'choose one of --write and --check');
        const { checkFields, printFields, writeFields } = await import('./fields.js');
        if (check) return await checkFields(schema, file, values);
        if (write) return await writeFields(schema, file, values);
        // A reviewed list is overwritten only on request.
        if (file !== undefined)
          throw new CandorError('ERR_ARGUMENT', 'fields: a file needs --write or --check');
        return await printFields(schema, values);
      },
    },
    docs: {
      positionals: ['<schema>', '[file]'],
      summary: 'Write the page of what is collected, as one HTML file',
      options: {
        product: { value: 'name', help: 'Name of the product' },
        command: { value: 'command', help: 'How its operator calls it; default: the product and usage' },
        ...beside,
      },
      examples: ['candor docs candor.fields.json usage.html --product gateway'],
      run: async ({ positionals: [schema = '', file], values }) =>
        (await import('./docs.js')).writeDocs(schema, file, values),
    },
    lint: {
      positionals: ['<schema>'],
      summary: 'Check the tags of a schema; exits 1 on errors',
      options: {},
      run: async ({ positionals: [schema = ''] }) => (await import('./lint.js')).lintSchema(schema),
    },
    schema: {
      positionals: ['<schema>'],
      summary: 'Print a schema as JSON Schema, for candor-server product add',
      options: {},
      run: async ({ positionals: [schema = ''] }) => (await import('./schema.js')).printSchema(schema),
    },
    notice: {
      positionals: ['<schema>'],
      summary: 'Print the text that a program shows on its first run',
      options: {
        product: { value: 'name', help: 'Name of the product' },
        endpoint: { value: 'url', help: 'Where reports go' },
        ...beside,
      },
      run: async ({ positionals: [schema = ''], values }) =>
        (await import('./notice.js')).showNotice(schema, values),
    },
  };
}
