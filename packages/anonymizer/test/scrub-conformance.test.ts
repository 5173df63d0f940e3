import { describeConformance } from '@candor/testing';
import { expect, test } from 'vitest';
import { scrub } from '../src/scrub/scrub.js';

interface Case {
  readonly text: string;
  readonly found: readonly string[];
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

describeConformance('Plain text comes out as it went in', 'scrub', (data) => {
  const plain = data.json('plain.json') as readonly string[];

  test('every text', () => {
    expect(plain.length).toBeGreaterThan(500);
    expect(plain.map((text) => scrub(text))).toEqual(plain);
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
