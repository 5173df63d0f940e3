import { deepStrictEqual } from 'node:assert/strict';
import { hash as digest } from 'node:crypto';
import { canonicalize, hash } from '@candor/hasher';
import type { Json } from '@candor/schema';
import { defineComparison, type Comparison, type Variant } from '../frame/comparison.js';
import { traefikConfiguration } from '../workload/traefik.js';

/** Canonical form and SHA-256 beside others that make texts of equal values equal, and `JSON.stringify` as the limit. */
export const hashComparison: Comparison = defineComparison<Json>({
  name: 'hash',
  title: 'Canonical form and SHA-256',
  peers: [
    'ohash@2.0.12',
    'object-hash@3.0.0',
    'canonicalize@4.0.0',
    'json-canonicalize@3.0.1',
    'safe-stable-stringify@3.0.0',
  ],
  cases: {
    '1 KB': () => sized(1024),
    '8.5 KB': () => sized(8704),
    '1 MB': () => Array.from({ length: 140 }, (_, at) => ({ at, configuration: sized(7500) })),
  },
  variants: {
    'JSON.stringify': async (value) => () => sha256(JSON.stringify(value)),
    candor: async (value) => () => hash(value),
    'safe-stable-stringify': writer('safe-stable-stringify', 'default'),
    canonicalize: writer('canonicalize', 'default'),
    'json-canonicalize': writer('json-canonicalize', 'canonicalize'),
    'ohash serialize': writer('ohash', 'serialize'),
    'object-hash': async (value, peers) => {
      const { default: objectHash } = await peers('object-hash');
      return () =>
        (objectHash as (value: unknown, options: object) => string)(value, { algorithm: 'sha256' });
    },
  },
  reference: 'JSON.stringify',
  // It takes 30 seconds for one call.
  without: { '1 MB': ['object-hash'] },
  check(output, value, variant) {
    deepStrictEqual(typeof output, 'string');
    if (variant === 'JSON.stringify' || variant.startsWith('o')) return;
    deepStrictEqual(output, sha256(canonicalize(value)));
    deepStrictEqual(JSON.parse(canonicalize(value)), value);
  },
  remarks: ['Aim: speed 1.0, 0.7 and 0.4 of `JSON.stringify` and hash, and ahead of every peer.'],
});

function sha256(text: string): string {
  return digest('sha256', text, 'hex');
}

function writer(name: string, exported: string): Variant<Json> {
  return async (value, peers) => {
    const { [exported]: write } = await peers(name);
    return () => sha256((write as (value: unknown) => string)(value));
  };
}

/** As many members of the configuration, in their order, as come closest to a size of JSON text. */
function sized(bytes: number): Record<string, Json> {
  const taken: Record<string, Json> = {};
  const add = (target: Record<string, Json>, source: Record<string, Json>): void => {
    for (const [key, member] of Object.entries(source)) {
      if (JSON.stringify(taken).length >= bytes) return;
      if (typeof member === 'object' && member !== null && !Array.isArray(member)) {
        const below: Record<string, Json> = {};
        target[key] = below;
        add(below, member as Record<string, Json>);
      } else target[key] = member;
    }
  };
  add(taken, traefikConfiguration());
  return JSON.parse(JSON.stringify(taken)) as Record<string, Json>;
}
