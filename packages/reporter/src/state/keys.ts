import { hkdfSync } from 'node:crypto';
import type { ContentContext } from '../report-content.js';
import type { State } from './state.js';

const length = 32;

/** The keys of the report that this state leads to on a UTC day, for one product and endpoint. */
export function reportKeys(state: State, day: string, product: string, endpoint: string): ContentContext {
  const purpose = JSON.stringify([product, endpoint]);
  return {
    key: derive(secretOf(state, day), `candor report ${purpose}`),
    comparisonKey: derive(state.comparison.secret, `candor comparison ${purpose}`),
  };
}

/**
 * The secret after a report was made with it: replaced by HKDF (RFC 5869) of itself, so that whoever
 * copies the state directory, audit log included, holds no key of any report.
 */
export function nextKey(state: State, day: string): State['key'] {
  return { secret: ratchet(secretOf(state, day)), day };
}

function secretOf(state: State, day: string): string {
  return state.key.day === day ? state.key.secret : ratchet(state.key.secret);
}

function ratchet(secret: string): string {
  return Buffer.from(derive(secret, 'candor ratchet')).toString('hex');
}

function derive(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', Buffer.from(secret, 'hex'), '', purpose, length));
}
