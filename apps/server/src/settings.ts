import { cac } from 'cac';
import { ServerError } from './server-error.js';
import type { ServerOptions } from './start-server.js';

/** What the command line and the environment ask for. */
export interface Settings extends Omit<ServerOptions, 'log' | 'clock' | 'products'> {
  readonly logLevel: string;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/**
 * Reads flags over environment (`CANDOR_SERVER_…`) over defaults; undefined when only help was asked for.
 *
 * The token comes from the environment alone, since arguments are visible to every user of the machine.
 * Throws `ERR_OPTION`.
 */
export function readSettings(argv: readonly string[], env: NodeJS.ProcessEnv): Settings | undefined {
  const cli = cac('candor-server');
  cli.usage('[options]\n\n  Receives anonymous usage reports and shows what they say.');
  cli
    .option(
      '--data <folder>',
      'Folder of the database and of products/<product>/*.fields.json (CANDOR_SERVER_DATA)',
    )
    .option('--port <number>', 'Port, 0 for a free one (CANDOR_SERVER_PORT)')
    .option('--host <address>', 'Address to listen on (CANDOR_SERVER_HOST)')
    .option('--log-level <level>', `${logLevels.join(', ')} (CANDOR_SERVER_LOG_LEVEL)`)
    .option('--allow-backdating', 'Let senders choose the day of a report; for demonstrations only');
  cli.help();
  const { options } = cli.parse(['node', 'candor-server', ...argv]);
  if (options['help'] === true) return undefined;
  const unknown = Object.keys(options).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new ServerError('ERR_OPTION', `Unknown option --${unknown[0]}; see --help.`);
  const text = (flag: string, variable: string, usual: string): string => {
    const given: unknown = options[flag] ?? env[variable];
    if (given === undefined || given === '') return usual;
    if (typeof given === 'string' || typeof given === 'number') return String(given);
    throw new ServerError('ERR_OPTION', `--${flag} needs one value.`);
  };
  const token = env['CANDOR_SERVER_TOKEN'];
  return {
    data: text('data', 'CANDOR_SERVER_DATA', '.data/server'),
    port: port(text('port', 'CANDOR_SERVER_PORT', '7390')),
    host: text('host', 'CANDOR_SERVER_HOST', '127.0.0.1'),
    logLevel: logLevel(text('logLevel', 'CANDOR_SERVER_LOG_LEVEL', 'info')),
    allowBackdating: options['allowBackdating'] === true,
    ...(token !== undefined && token !== '' && { token }),
  };
}

const known: ReadonlySet<string> = new Set(['--', 'data', 'port', 'host', 'logLevel', 'allowBackdating']);

function port(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  throw new ServerError('ERR_OPTION', 'The port must be a whole number from 0 to 65535.');
}

function logLevel(text: string): string {
  if (logLevels.includes(text)) return text;
  throw new ServerError('ERR_OPTION', `The log level must be one of ${logLevels.join(', ')}.`);
}
