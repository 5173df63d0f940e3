import { load } from '@candor/config';
import type { TrustProxy } from '@candor/collector';
import { ServerError } from '../server-error.js';
import { type Address, parseAddress } from './address.js';
import { checkProducts, type ProductSettings } from './product-settings.js';
import { settingsSchema } from './settings-schema.js';

/** The settings of the file, the environment and the command line. */
export interface Settings {
  readonly listen: Address;
  /** Begins with a slash, and does not end with one unless it is `/`. */
  readonly basePath: string;
  readonly data: string;
  /** URL of the store; undefined for the embedded one in the data folder. */
  readonly store?: string | undefined;
  readonly tokenHashes: readonly string[];
  readonly trustProxy?: TrustProxy | undefined;
  /** Days. */
  readonly retention: number;
  readonly workers: number;
  readonly limits: LimitSettings;
  readonly products: Readonly<Record<string, ProductSettings>>;
  readonly traefik: boolean;
  readonly allowBackdating: boolean;
  readonly logLevel: string;
}

/** The limits of a network, and of a report's size. */
export interface LimitSettings {
  readonly requestsPerMinute: number;
  readonly countedPerDay: number;
  readonly compressedBytes: number;
  readonly inflatedBytes: number;
}

/** Settings, and the arguments that are not flags. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly rest: readonly string[];
}

/**
 * Reads the settings: flags win over the environment (`CANDOR_SERVER_…`), this over the file of `--config`, this over
 * the defaults. Throws a `ConfigError`, or `ERR_OPTION`.
 */
export function readSettings(argv: readonly string[], env: NodeJS.ProcessEnv): ReadSettings {
  const { effective, rest } = load({
    schema: settingsSchema,
    argv,
    env,
    envPrefix: 'CANDOR_SERVER_',
    fileFlag: 'config',
    file: env.CANDOR_SERVER_CONFIG,
  });
  const read = effective as unknown as Read;
  const { proxyCount, proxies, listen, basePath, ...others } = read;
  for (const [name, value, least, most] of [
    ['retention', read.retention, 1, 3_650],
    ['workers', read.workers, 1, 256],
    ['proxyCount', proxyCount, 0, 100],
    ['limits.requestsPerMinute', read.limits.requestsPerMinute, 1, 1e9],
    ['limits.countedPerDay', read.limits.countedPerDay, 0, 1e9],
    ['limits.compressedBytes', read.limits.compressedBytes, 1, 2 ** 26],
    ['limits.inflatedBytes', read.limits.inflatedBytes, 1, 2 ** 28],
  ] as const) {
    if (value >= least && value <= most) continue;
    throw new ServerError('ERR_OPTION', `${name} must be from ${least} to ${most}.`);
  }
  if (proxyCount > 0 && proxies.length > 0) {
    throw new ServerError('ERR_OPTION', 'Give either proxyCount or proxies.');
  }
  if (read.tokenHashes.some((hash) => !/^[0-9a-f]{64}$/.test(hash))) {
    throw new ServerError(
      'ERR_OPTION',
      'tokenHashes must be 64 hexadecimal digits each; see candor-server token.',
    );
  }
  checkProducts(read.products);
  const settings: Settings = {
    ...others,
    listen: parseAddress(listen),
    basePath: readBasePath(basePath),
    trustProxy: proxies.length > 0 ? proxies : proxyCount,
  };
  return { settings, rest };
}

/** Returns the base path without a slash at its end. Throws `ERR_OPTION` for a text that is invalid in a URL. */
function readBasePath(text: string): string {
  const segments = text.split('/').filter(Boolean);
  if (segments.every((segment) => /^[\w~.-]+$/.test(segment) && !/^\.\.?$/.test(segment))) {
    return `/${segments.join('/')}`;
  }
  throw new ServerError(
    'ERR_OPTION',
    'basePath must be letters, digits, ".", "_", "~", "-" between slashes.',
  );
}

/** The settings as the schema reads them. */
interface Read extends Omit<Settings, 'listen' | 'trustProxy'> {
  readonly listen: string;
  readonly proxyCount: number;
  readonly proxies: readonly string[];
}
