import { formatIssue, load, type Loaded } from '@candor/config';
import { traefikRules, traefikV2, traefikV3 } from '@candor/traefik';
import { isCandorError } from 'candor';
import { pino } from 'pino';
import { ClientError } from './client-error.js';
import { type Environment, readSettings, type Settings } from './env.js';
import { serveEntryPoints } from './serve-entry-points.js';
import { consentIn, createUsage } from './usage.js';

/** The input of the client. */
export interface ClientInput {
  readonly argv: readonly string[];
  readonly env: Environment;
  /** Resolves when the client should end. */
  readonly until: Promise<void>;
}

/** The output when the client ends. */
export interface ClientResult {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs the client, or one of the operator's commands (`usage …`); never rejects. */
export async function runClient({ argv, env, until }: ClientInput): Promise<ClientResult> {
  try {
    const settings = readSettings(env);
    const loaded = loadConfiguration(argv, env, settings);
    const [command, ...rest] = loaded.rest;
    if (command === 'usage') {
      const usage = createUsage({ loaded, settings, env, undecided: 'quiet' });
      const { code, output } = await usage.command(rest);
      return { code, output, errors: notesOf(loaded) };
    }
    if (command !== undefined) {
      throw new ClientError('ERR_ARGUMENT', 'expected flags, or usage and one of its commands');
    }
    await runDaemon({ loaded, settings, env, until });
    return { code: 0, output: '', errors: '' };
  } catch (error) {
    return { code: 1, output: '', errors: `${messageOf(error)}\n` };
  }
}

/** Returns the notes on a configuration: what was ignored, and that nobody chose. */
function notesOf(loaded: Loaded): string {
  const ignored = loaded.warnings.map((warning) => `${formatIssue(warning)}\n`).join('');
  return ignored + (consentIn(loaded) === undefined ? undecided : '');
}

const undecided = 'global.sendAnonymousUsage is set nowhere: the client does not start without it.\n';

/** Loads the configuration: flags win over environment variables, these over the file. */
function loadConfiguration(argv: readonly string[], env: Environment, { traefik }: Settings): Loaded {
  return load({ schema: traefik === 'v2' ? traefikV2 : traefikV3, ...traefikRules, argv, env });
}

async function runDaemon({
  loaded,
  settings,
  env,
  until,
}: Omit<ClientInput, 'argv'> & { readonly loaded: Loaded; readonly settings: Settings }): Promise<void> {
  const log = pino({ level: settings.logLevel, base: null });
  const usage = createUsage({ loaded, settings, env, undecided: 'throw', logger: log });
  for (const warning of loaded.warnings)
    log.warn({ ignored: formatIssue(warning) }, 'left out of the configuration');
  const holding = setInterval(() => {}, longest);
  try {
    const servers = await serveEntryPoints(loaded.effective, usage.fetch);
    try {
      await usage.start();
      log.info({ served: servers.length }, 'started');
      await until;
      await usage.stop();
    } finally {
      await Promise.all(servers.map((server) => server.close()));
    }
  } finally {
    clearInterval(holding);
  }
  log.info('stopped');
}

/** The longest delay of a timer, which keeps a client without listeners running. */
const longest = 2 ** 31 - 1;

/** Returns an error's message if it is one of this repository, whose messages hold no value. */
function messageOf(error: unknown): string {
  return isCandorError(error)
    ? error.message
    : 'failed for a reason that may hold a value of the configuration';
}
