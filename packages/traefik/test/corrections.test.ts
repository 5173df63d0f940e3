import { createAnonymizer } from '@candor/anonymizer';
import { fields } from '@candor/schema';
import { lint } from '@candor/schema/lint';
import type { Json } from '@candor/schema';
import { describe, expect, it } from 'vitest';
import { placesOf } from '../scripts/places.js';
import { versions } from './support/cases.js';
import { configurationWith, corrections, knownValues, placesChangedBy } from './support/corrections.js';
import type { CorrectedPlace, Correction } from './support/corrections.js';

const text = 'acme internal 42';
const number = 20_251_124;
const duration = '1h23m45s';

/** Something that nobody means to send, of the kind that a place holds. */
const secrets: Readonly<Record<CorrectedPlace['holds'], Json>> = {
  switch: true,
  text,
  number,
  duration,
  texts: [text, text],
  numbers: [number, number],
  map: { [text]: text },
  keys: { [text]: { moduleName: 'x' } },
};

describe.each(versions)('corrections of $name', (version) => {
  const shipped = createAnonymizer(version.asShipped);
  const ours = createAnonymizer(version.corrected);

  const changed = corrections
    .filter(({ export: tag }) => tag !== 'port')
    .flatMap((correction) =>
      placesChangedBy(correction, version.asShipped).map((place) => ({
        ...place,
        correction,
        name: `${correction.title}: ${place.path.join('.')}`,
      })),
    );

  it.each(changed)('$name', ({ path, holds, correction }) => {
    const configuration = configurationWith(path, secrets[holds]);
    const secret = holds === 'switch' ? 'true' : holds === 'duration' ? duration : text;
    const leaves = (output: unknown): boolean =>
      JSON.stringify(at(output, path)).includes(holds.startsWith('number') ? String(number) : secret);
    expect(leaves(shipped.anonymize(configuration))).toBe(true);
    expect(leaves(ours.anonymize(configuration))).toBe(false);
    for (const value of known(correction)) {
      const usual = configurationWith(path, usualValue(holds, value));
      expect(at(ours.anonymize(usual), path)).toEqual(at(usual, path));
    }
  });

  it.each([
    ['0s', '<0.001'],
    ['500ms', '0.001..1'],
    ['60', '60..300'],
    ['3m', '60..300'],
    ['24h', '>=3600'],
    ['soon', '0s'],
  ])('let no more out of the timeout %j than %j', (readTimeout, left) => {
    const entryPoint = (readTimeout: string): Json => ({
      entryPoints: { web: { transport: { respondingTimeouts: { readTimeout } } } },
    });
    expect(ours.anonymize(entryPoint(readTimeout))).toEqual(entryPoint(left));
    expect(ours.verify(entryPoint(left))).toEqual({ value: entryPoint(left), removed: [] });
    expect(ours.verify(entryPoint('1m30s')).removed).toHaveLength(1);
  });

  it('let no duration out but by its magnitude', () => {
    const list = fields(version.corrected);
    expect(list.output.filter(({ durations }) => durations !== undefined)).toEqual([]);
    expect(list.fields.find(({ path }) => path.endsWith('.readTimeout'))).toMatchObject({
      transform: { kind: 'bucket' },
    });
  });

  it('let the port of a listen address out, and no more', () => {
    const configuration = { entryPoints: { web: { address: 'db-prod:8443' } } };
    expect(shipped.anonymize(configuration)).toEqual({ entryPoints: { web: { address: 'xxxx' } } });
    expect(ours.anonymize(configuration)).toEqual({ entryPoints: { web: { address: ':8443' } } });
  });

  it.each([
    [':443', ':443'],
    [':8443/udp', ':8443/udp'],
    ['websecure', 'websecure'],
    ['web-secure', 'websecure'],
    ['', 'other'],
    ['::443', 'other'],
    [':internal', 'other'],
    ['10.1.2.3:443', 'other'],
    [':443.internal.example', 'xxxx'],
    [':70000', 'xxxx'],
  ])('let %j leave as %j where a redirection leads', (to, left) => {
    const entryPoint = (to: string): Json => ({
      entryPoints: { web: { http: { redirections: { entryPoint: { to } } } } },
    });
    expect(ours.anonymize(entryPoint(to))).toEqual(entryPoint(left));
    expect(ours.verify(entryPoint(left)).value).toEqual(entryPoint(left));
  });

  it('leave nothing for lint to say', () => {
    expect(lint(version.corrected)).toEqual([]);
  });

  it('are needed: as shipped, lint complains of free text, numbers and keys, and of nothing else', () => {
    const rules = new Set(lint(version.asShipped).map(({ rule }) => rule));
    expect(rules).toEqual(new Set(['@candor/unbounded-value', '@candor/unbounded-key']));
  });

  it('change nothing else', () => {
    const named = new Set(corrections.flatMap(({ at }) => at.map((name) => name.split('/')[0])));
    const nodes = (schema: unknown): [string, unknown][] => {
      const { properties, $defs } = schema as {
        properties: object;
        $defs: Record<string, { properties?: object }>;
      };
      return [['', { properties }] as const, ...Object.entries($defs)].flatMap(([definition, node]) =>
        Object.entries(node.properties ?? {}).map(([property, place]): [string, unknown] => [
          definition === '' ? property : `${definition}.${property}`,
          place,
        ]),
      );
    };
    const others = (schema: unknown): [string, unknown][] =>
      nodes(schema).filter(([name]) => !named.has(name));
    expect(others(version.corrected)).toEqual(others(version.asShipped));
    expect([...placesOf(version.corrected).keys()]).toEqual([...placesOf(version.asShipped).keys()]);
  });
});

function known({ export: tag, anyOf = [] }: Correction): readonly (string | number)[] {
  const tags = [tag, ...anyOf.map((one) => one.export)];
  return tags.flatMap((one) => (typeof one === 'object' ? (knownValues[one.only ?? ''] ?? []) : []));
}

function usualValue(holds: CorrectedPlace['holds'], value: string | number): Json {
  if (holds === 'keys') return { [value]: {} };
  return holds === 'texts' ? [value] : value;
}

/** What stands at a path; the one member of a map may have been renamed. */
function at(output: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((outer, key) => {
    const members = outer as Record<string, unknown>;
    return key === '*' ? Object.values(members)[0] : members[key];
  }, output);
}
