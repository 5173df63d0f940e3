#!/usr/bin/env node
import { createRequire } from 'node:module';
import { isCandorError } from '@candor/protocol';
import { backup } from './commands/backup.js';
import { forget } from './commands/forget.js';
import { productAdd } from './commands/product-add.js';
import { ready } from './commands/ready.js';
import { serveCommand } from './commands/serve.js';
import { tokenCommand } from './commands/token.js';
import { processArguments, processEnvironment } from './env.js';
import { ServerError } from './server-error.js';
import { readSettings } from './settings/read-settings.js';
import { settingsHelp } from './settings/settings-table.js';

const usage = `candor-server [--config FILE] [--SETTING VALUE …] [COMMAND]
candor-server --help | --version

  Receives anonymous usage reports and shows what they say.

  (no command)              serves
  product add NAME FILE [SCHEMA]
                            accepts reports by the field list in FILE (candor.fields.json); with the JSON Schema of the
                            configuration, people can try theirs on the page of what is collected
  backup FILE               copies the embedded store, also while a server runs
  forget PRODUCT PATH       takes a leaked field out of all rows and counts
  ready                     ends with 0 if the server on this machine is ready
  token                     makes a token for operators, and its hash for tokenHashes

Settings, also in a TOML or YAML file (--config) and as CANDOR_SERVER_… in the environment:

${settingsHelp()}
`;

async function main(): Promise<void> {
  const argv = processArguments();
  if (argv.includes('--help') || argv.includes('-h')) return void process.stdout.write(usage);
  if (argv.includes('--version')) return void process.stdout.write(`candor-server/${version()}\n`);
  const { settings, rest } = readSettings(argv, processEnvironment());
  switch (rest[0]) {
    case undefined:
      return await serveCommand(settings, () => readSettings(argv, processEnvironment()).settings);
    case 'product':
      return await productAdd(settings, rest.slice(1));
    case 'backup':
      return await backup(settings, rest.slice(1));
    case 'forget':
      return await forget(settings, rest.slice(1));
    case 'ready':
      return await ready(settings);
    case 'token':
      return tokenCommand();
    case 'help':
      return void process.stdout.write(usage);
    default:
      throw new ServerError('ERR_OPTION', 'Unknown command; see --help.');
  }
}

function version(): string {
  // Resolved by package name, since sources and bundle are at different depths.
  const manifest = createRequire(import.meta.url)('@candor/server/package.json') as {
    readonly version: string;
  };
  return manifest.version;
}

try {
  await main();
} catch (error) {
  // Any other error is a bug, and is printed with its stack.
  process.stderr.write(`${isCandorError(error) ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
