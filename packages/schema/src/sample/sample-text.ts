import { compilePattern } from '../pattern.js';
import type { SchemaNode } from '../schema-node.js';

interface Lengths {
  readonly minLength?: unknown;
  readonly maxLength?: unknown;
}

/** The part of https://github.com/fent/randexp.js that is used. */
interface TextGenerator {
  max: number;
  randInt: (least: number, most: number) => number;
  readonly defaultRange: {
    subtract(least: number, most: number): TextGenerator['defaultRange'];
    add(least: number, most: number): void;
  };
  gen(): string;
}

const byFormat: Readonly<Record<string, string>> = {
  address: 'host.example.com:8080',
  date: '2001-02-03',
  'date-time': '2001-02-03T04:05:06Z',
  email: 'someone@example.com',
  hostname: 'host.example.com',
  'idn-email': 'someone@example.com',
  'idn-hostname': 'host.example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  iri: 'https://user@example.com/path',
  'iri-reference': '/path',
  'json-pointer': '/path',
  regex: '^text$',
  'relative-json-pointer': '0/path',
  time: '04:05:06Z',
  uri: 'https://user@example.com/path',
  'uri-reference': '/path',
  'uri-template': 'https://example.com/{path}',
  url: 'https://user@example.com/path',
  uuid: '6ba7b810-9dad-41d1-80b4-00c04fd430c8',
};

/** Returns a text for a node: by its pattern, else its format, else its length. */
export function sampleText({ keywords }: SchemaNode, number: number): string {
  const { format, pattern } = keywords;
  const known = typeof format === 'string' ? byFormat[format] : undefined;
  const free = known ?? sized(number === 1 ? '' : String(number), keywords);
  if (typeof pattern !== 'string' || compilePattern(pattern)?.test(free) !== false) return free;
  return matchingText(pattern, keywords, number) ?? free;
}

/** Returns a text of an allowed length that ends with `end`, so that several differ. */
function sized(end: string, { minLength, maxLength }: Lengths): string {
  const least = typeof minLength === 'number' ? Math.min(minLength, mostSigns) : 0;
  const most = typeof maxLength === 'number' ? maxLength : Infinity;
  const start = 'text'.padEnd(least - end.length, 'x').slice(0, Math.max(0, most - end.length));
  return (start + end).slice(0, most);
}

const mostSigns = 10_000;

/** Returns a text that a pattern matches; undefined if a few attempts fail, and in browsers. */
export function matchingText(source: string, lengths: Lengths, number: number): string | undefined {
  const pattern = compilePattern(source);
  const least = typeof lengths.minLength === 'number' ? Math.min(lengths.minLength, mostSigns) : 0;
  const most = typeof lengths.maxLength === 'number' ? lengths.maxLength : Infinity;
  const fits = (text: string | undefined): text is string =>
    text !== undefined && pattern?.test(text) === true && text.length >= least && text.length <= most;
  for (const range of ['az', ' ~']) {
    // Tries another choice at each position that has several.
    for (const choice of [0, 1, 2, 5]) {
      const make = (more: number, isEach: boolean): string | undefined =>
        generate(source, { range, choice: choice + number - 1, more, isEach });
      const found = [number - 1, 0, 3].map((more) => make(more, false)).find(fits);
      if (found !== undefined) return found;
      const long = [false, true].map((isEach) => shortest(least, (more) => make(more, isEach))).find(fits);
      if (long !== undefined) return long;
    }
  }
  return undefined;
}

/** Returns the shortest text that is long enough. */
function shortest(least: number, make: (more: number) => string | undefined): string | undefined {
  let [tooFew, enough] = [0, 1];
  const isShort = (more: number): boolean => (make(more) ?? '').length < least;
  while (isShort(enough)) {
    if (enough > 2 * least) return undefined;
    [tooFew, enough] = [enough, enough * 2];
  }
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isShort(middle)) tooFew = middle;
    else enough = middle;
  }
  return make(enough);
}

/** How to choose a text of a pattern. */
interface Choices {
  /** The first and the last character used for a wildcard. */
  readonly range: string;
  /** Which of several characters or alternatives is chosen. */
  readonly choice: number;
  /** How often something is repeated beyond its minimum. */
  readonly more: number;
  /** True if each repetition uses up to `more`, optional ones included; false if only the first does. */
  readonly isEach: boolean;
}

// Distinguishes an unlimited repetition from a choice.
const endless = 1_000_003;

function generate(source: string, { range, choice, more, isEach }: Choices): string | undefined {
  const TextGenerator = randExp();
  if (TextGenerator === undefined) return undefined;
  let left = more;
  try {
    const generator = new TextGenerator(source);
    generator.max = endless;
    generator.randInt = (least, most) => {
      // A choice always counts from zero.
      const isRepetition = least > 0 || most - least === endless || isEach;
      if (!isRepetition) return Math.min(least + choice, most);
      const taken = Math.min(left, most - least);
      if (!isEach) left -= taken;
      return least + taken;
    };
    generator.defaultRange.subtract(0, 0xff_ff).add(range.charCodeAt(0), range.charCodeAt(1));
    return generator.gen();
  } catch {
    // The generator does not support the pattern, for example because of a lookbehind.
    return undefined;
  }
}

// Loaded on first use, since most programs that read a schema make no sample. A browser has no `require`.
function randExp(): (new (source: string) => TextGenerator) | undefined {
  const modules = globalThis.process?.getBuiltinModule?.('node:module');
  if (modules === undefined) return undefined;
  const require = modules.createRequire(import.meta.url);
  return require('randexp') as new (source: string) => TextGenerator;
}
