import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scrub } from '../src/scrub/scrub.js';

interface Kind {
  readonly kind: string;
  /** What is sensitive in each of the texts; without it, each text says so itself. */
  readonly hidden?: string;
  readonly personal?: boolean;
  readonly texts: readonly string[] | Readonly<Record<string, string>>;
}

// Our own spellings of each kind, beside those of the reference data.
const kinds = JSON.parse(
  readFileSync(new URL('data/scrub-kinds.json', import.meta.url), 'utf8'),
) as readonly Kind[];

describe.each(kinds)('$kind in every spelling', ({ hidden, personal = false, texts }) => {
  const cases = Array.isArray(texts)
    ? texts.map((text) => [text, hidden!] as const)
    : Object.entries(texts as Readonly<Record<string, string>>);

  test.each(cases)('%j', (text, secret) => {
    expect(text).toContain(secret);
    const scrubbed = scrub(text, { personal });
    expect(scrubbed).not.toContain(secret);
    expect(scrub(scrubbed, { personal })).toBe(scrubbed);
  });
});
