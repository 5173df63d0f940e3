import type { Loaded } from '@candor/config';
import { traefikV2, traefikV3 } from '@candor/traefik';
import { createUsageReporting, type UsageLogger, type UsageReporting } from 'candor';
import type { Environment, Settings } from './env.js';

/** The name of the consent setting in each source. */
const consentSettings = {
  file: 'global.sendAnonymousUsage',
  flag: '--global.sendAnonymousUsage',
  variable: 'TRAEFIK_GLOBAL_SENDANONYMOUSUSAGE',
};

/** The release of each schema, as reports name it. */
const versions = { v2: '2.11.0', v3: '3.7.0' };

/** What usage reporting needs. */
export interface UsageContext {
  readonly loaded: Loaded;
  readonly settings: Settings;
  readonly env: Environment;
  /** What `start` does while nobody has decided, as before `client usage on`. */
  readonly undecided: 'throw' | 'quiet';
  readonly logger?: UsageLogger;
}

/** Returns the configuration's consent setting; undefined if it has none. */
export function consentIn({ written }: Loaded): boolean | undefined {
  const { sendAnonymousUsage } = (written.global ?? {}) as { sendAnonymousUsage?: boolean };
  return sendAnonymousUsage;
}

/** Creates the client's usage reporting; its `start` rejects with `ERR_CONSENT_REQUIRED` if nobody has chosen. */
export function createUsage({ loaded, settings, env, undecided, logger }: UsageContext): UsageReporting {
  const { endpoint, state, first, interval, force, traefik } = settings;
  return createUsageReporting({
    product: 'traefik',
    version: versions[traefik],
    schema: traefik === 'v2' ? traefikV2 : traefikV3,
    config: () => loaded,
    endpoint,
    consent: consentIn(loaded),
    state,
    undecided,
    consentSettings,
    force,
    schedule: { ...(first !== undefined && { first }), ...(interval !== undefined && { interval }) },
    program: 'client usage',
    logger,
    env,
  });
}
