import { ReporterError } from '../errors.js';
import type { DecidedBy, Force, Mode } from './mode.js';
import { isContinuousIntegration } from './continuous-integration.js';

/** Everything that decides whether to report. */
export interface ConsentFacts {
  readonly configured: Mode | undefined;
  /** The operator's kept choice. */
  readonly chosen: Mode | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isDevelopment: boolean;
  readonly force: Force;
  /** False if the kept state cannot be read, understood or trusted: the operator may have said no in it. */
  readonly isStateBelieved: boolean;
}

/** The mode, and what decided it. */
export interface Decision {
  readonly mode: Mode;
  readonly decidedBy: DecidedBy;
}

function isForced(force: Force, rule: Exclude<Force, boolean>): boolean {
  return force === true || force === rule;
}

const privacy: Readonly<Record<Mode, number>> = { on: 0, local: 1, off: 2 };

/** Decides the mode: `DO_NOT_TRACK`, then continuous integration, then the most private of file and operator. */
export function resolveConsent(facts: ConsentFacts): Decision {
  const { configured, chosen, env } = facts;
  if (!['', '0', 'false'].includes((env.DO_NOT_TRACK ?? '').trim().toLowerCase())) {
    return { mode: 'off', decidedBy: 'DO_NOT_TRACK' };
  }
  if (!isForced(facts.force, 'continuous integration') && isContinuousIntegration(env)) {
    return { mode: 'off', decidedBy: 'continuous integration' };
  }
  const wish = wished(configured, chosen);
  if (!facts.isStateBelieved && wish.mode !== 'off') return { mode: 'local', decidedBy: 'unreadable state' };
  if (wish.mode === 'on' && facts.isDevelopment && !isForced(facts.force, 'development version')) {
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

const spellings: Readonly<Record<string, Mode>> = {
  on: 'on',
  true: 'on',
  yes: 'on',
  '1': 'on',
  local: 'local',
  off: 'off',
  false: 'off',
  no: 'off',
  '0': 'off',
};

/**
 * Reads the consent option: a mode, a boolean, or what people write in an environment variable (`true`, `1`, `yes`,
 * `false`, `0`, `no`, in any case). Undefined, null and empty text are undecided. Throws `ERR_CONSENT_INVALID` on
 * anything else.
 */
export function readConsent(consent: unknown): Mode | undefined {
  if (consent === undefined || consent === null) return undefined;
  if (typeof consent === 'boolean') return consent ? 'on' : 'off';
  if (typeof consent === 'string') {
    const text = consent.trim().toLowerCase();
    if (text === '') return undefined;
    if (Object.hasOwn(spellings, text)) return spellings[text];
  }
  throw new ReporterError(
    'ERR_CONSENT_INVALID',
    `consent: expected on, local, off, true or false, got another ${typeof consent}`,
  );
}
