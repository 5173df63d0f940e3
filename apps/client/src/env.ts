import { parseDuration } from '@candor/config';
import type { TraefikVersion } from '@candor/traefik';
import { ClientError } from './client-error.js';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of the environment beside Traefik's own variables. */
export interface Settings {
  /** `CANDOR_ENDPOINT`: where reports are posted. */
  readonly endpoint: string;
  /** `CANDOR_STATE`: the directory for state; default is the platform's. */
  readonly state: string | undefined;
  /** `CANDOR_FIRST_REPORT_AFTER`, such as `5s`; milliseconds. */
  readonly first: number | undefined;
  /** `CANDOR_REPORT_EVERY`, such as `24h`; milliseconds. */
  readonly interval: number | undefined;
  /** `CANDOR_FORCE=true`: report from continuous integration too. */
  readonly force: boolean;
  /** `CANDOR_TRAEFIK`: which version's configuration this is, `v2` (default) or `v3`. */
  readonly traefik: TraefikVersion;
  /** `CANDOR_LOG_LEVEL`: default `info`. */
  readonly logLevel: string;
}

/** Returns the arguments and the environment of this process. */
export function processInput(): { readonly argv: readonly string[]; readonly env: Environment } {
  return { argv: process.argv.slice(2), env: process.env };
}

/** Reads the settings; throws `ERR_SETTING` with the name of the variable. */
export function readSettings(env: Environment): Settings {
  return {
    endpoint: env.CANDOR_ENDPOINT ?? 'http://127.0.0.1:7390/v1/reports',
    state: env.CANDOR_STATE,
    first: milliseconds(env, 'CANDOR_FIRST_REPORT_AFTER'),
    interval: milliseconds(env, 'CANDOR_REPORT_EVERY'),
    force: env.CANDOR_FORCE === 'true',
    traefik: oneOf(env, 'CANDOR_TRAEFIK', ['v2', 'v3']),
    logLevel: oneOf(env, 'CANDOR_LOG_LEVEL', ['info', 'debug', 'warn', 'error', 'silent']),
  };
}

function milliseconds(env: Environment, name: string): number | undefined {
  const text = env[name];
  if (text === undefined) return undefined;
  const nanoseconds = parseDuration(text);
  if (nanoseconds === undefined || nanoseconds < 0n) {
    throw new ClientError('ERR_SETTING', `${name}: expected a duration, such as 10s or 24h`);
  }
  return Number(nanoseconds / 1_000_000n);
}

/** Reads one of several values; the first is the default. */
function oneOf<const Choice extends string>(
  env: Environment,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const text = env[name];
  const chosen = text === undefined ? choices[0] : choices.find((choice) => choice === text);
  if (chosen !== undefined) return chosen;
  throw new ClientError('ERR_SETTING', `${name}: expected one of ${choices.join(', ')}`);
}
