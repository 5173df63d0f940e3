import { ReporterError } from '../errors.js';
import type { ConsentSettings, DecidedBy, Mode } from './mode.js';
import { isContinuousIntegration } from './continuous-integration.js';
import { isDevelopment } from './version.js';

/** Everything that has a say in whether to report. */
export interface ConsentFacts {
  readonly configured: Mode | undefined;
  /** The operator's kept choice. */
  readonly chosen: Mode | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly force: boolean;
}

/** What holds, and what decided it. */
export interface Decision {
  readonly mode: Mode;
  readonly decidedBy: DecidedBy;
}

const privacy: Readonly<Record<Mode, number>> = { on: 0, local: 1, off: 2 };

/** Decides the mode: `DO_NOT_TRACK`, then continuous integration, then the most private of file and operator. */
export function resolveConsent(facts: ConsentFacts): Decision {
  const { configured, chosen, env } = facts;
  if (!['', '0', 'false'].includes((env['DO_NOT_TRACK'] ?? '').trim().toLowerCase())) {
    return { mode: 'off', decidedBy: 'DO_NOT_TRACK' };
  }
  if (!facts.force && isContinuousIntegration(env)) {
    return { mode: 'off', decidedBy: 'continuous integration' };
  }
  const wish = wished(configured, chosen);
  if (wish.mode === 'on' && !facts.force && isDevelopment(facts.version)) {
    return { mode: 'local', decidedBy: 'development version' };
  }
  return wish;
}

function wished(configured: Mode | undefined, chosen: Mode | undefined): Decision {
  if (chosen !== undefined && (configured === undefined || privacy[chosen] > privacy[configured])) {
    return { mode: chosen, decidedBy: 'operator' };
  }
  return configured === undefined
    ? { mode: 'off', decidedBy: 'nobody' }
    : { mode: configured, decidedBy: 'configuration' };
}

/** Reads the consent option; throws `ERR_CONSENT_INVALID` on anything that is no mode. */
export function readConsent(consent: unknown): Mode | undefined {
  if (consent === undefined || consent === null) return undefined;
  if (consent === true) return 'on';
  if (consent === false) return 'off';
  if (consent === 'on' || consent === 'local' || consent === 'off') return consent;
  throw new ReporterError(
    'ERR_CONSENT_INVALID',
    `consent: expected on, local, off, true or false, got another ${typeof consent}`,
  );
}

/** The error of an undecided installation, with the three ways to decide. */
export function consentRequired(product: string, ways: ConsentSettings | undefined): ReporterError {
  const lines = [
    `${product} can report anonymous usage, and nobody has decided yet whether it may. Say true or false:`,
    `  in the configuration file${ways === undefined ? '' : `: ${ways.file} = true`}`,
    `  or by a flag${ways === undefined ? '' : `: ${ways.flag}=true`}`,
    `  or by an environment variable${ways === undefined ? '' : `: ${ways.variable}=true`}`,
    'Nothing was collected or sent.',
  ];
  return new ReporterError('ERR_CONSENT_REQUIRED', lines.join('\n'));
}
