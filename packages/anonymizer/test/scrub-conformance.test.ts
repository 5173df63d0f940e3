import { describeConformance } from '@candor/testing';
import { expect, test } from 'vitest';
import { scrub } from '../src/scrub/scrub.js';

interface Case {
  readonly text: string;
  readonly found: readonly string[];
}

interface Positive {
  readonly kind: string;
  readonly text: string;
  readonly secrets: readonly string[];
}

describeConformance("Traefik's own scrubber finds nothing that ours leaves", 'scrub', (data) => {
  const cases = data.json('cases.json') as readonly Case[];

  test('what it found does not survive', () => {
    const survivors = cases.flatMap(({ text, found }) => {
      const scrubbed = scrub(text);
      return wholeFindings(text, found)
        .filter((finding) => scrubbed.includes(finding))
        .map((finding) => ({ text, finding, scrubbed }));
    });
    expect(survivors).toEqual([]);
  });

  test('few of its findings are pieces of words, which need not be found', () => {
    const all = cases.flatMap(({ found }) => found).length;
    const whole = cases.flatMap(({ text, found }) => wholeFindings(text, found)).length;
    expect(all).toBeGreaterThan(2000);
    expect(all - whole).toBeLessThan(all / 100);
  });
});

describeConformance('Ordinary text comes out as it went in', 'scrub', (data) => {
  const plain = data.json('plain.json') as readonly string[];
  const negatives = Object.values(
    data.json('negatives.json') as Readonly<Record<string, readonly string[]>>,
  ).flat();

  test('every plain text, but for one with a bearer token that is printed in documentation', () => {
    expect(plain.length).toBeGreaterThan(500);
    const touched = plain.filter((text) => scrub(text) !== text);
    // Nothing tells it from a real one.
    expect(touched.map((text) => text.replace(/\w{32}$/, '…'))).toEqual(['Bearer auth_…']);
  });

  test('nearly every other one', () => {
    const touched = negatives.filter((text) => scrub(text) !== text);
    expect(negatives.length).toBeGreaterThan(500);
    expect(touched.length / negatives.length).toBeLessThan(0.01);
  });
});

// The share of texts of which nothing sensitive is left. What is missing is told in docs/scrubbing.md.
const recall: Readonly<Record<string, number>> = {
  token: 0.96,
  password: 0.98,
  url: 0.979,
  ip: 1,
  'ip-forms': 0.97,
  email: 1,
  domain: 0.91,
  mac: 1,
  connection: 1,
  cloud: 1,
  home: 1,
  remote: 1,
  hostport: 0.92,
  username: 1,
  obfuscated: 0.82,
  phone: 0.97,
  iban: 1,
  card: 1,
};
const personal: readonly string[] = ['phone', 'iban', 'card'];

describeConformance('What other scanners are tested with is found', 'scrub', (data) => {
  const positives = (data.json('positives.json') as readonly Positive[]).map((positive) => ({
    ...positive,
    secrets: positive.secrets.filter((secret) => secret.length >= 3),
  }));

  test('every kind has an expectation', () => {
    expect([...new Set(positives.map(({ kind }) => kind))].sort()).toEqual(Object.keys(recall).sort());
  });

  test.each(Object.entries(recall))('%s', (kind, least) => {
    const texts = positives.filter((positive) => positive.kind === kind && positive.secrets.length > 0);
    const clean = texts.filter(({ text, secrets }) => {
      const scrubbed = scrub(text, { personal: personal.includes(kind) });
      return !secrets.some((secret) => scrubbed.includes(secret));
    });
    expect(clean.length / texts.length).toBeGreaterThanOrEqual(least);
  });
});

/** Its findings, in their order, without those that begin or end inside a word. */
function wholeFindings(text: string, found: readonly string[]): string[] {
  let from = 0;
  return found.filter((finding) => {
    const start = text.indexOf(finding, from);
    expect(start).toBeGreaterThanOrEqual(from);
    from = start + finding.length;
    return !isInsideWord(text, start) && !isInsideWord(text, from);
  });
}

function isInsideWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}]$/u.test(text.slice(0, at)) && /^[\p{L}\p{N}]/u.test(text.slice(at));
}
