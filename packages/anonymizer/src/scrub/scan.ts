import { unicode } from './lazy.js';

/** What a character can be part of; one character can be several. */
export const kind = {
  /** A letter, mark or number of any script. */
  word: 1,
  /** An ASCII letter or digit. */
  alnum: 2,
  digit: 4,
  hex: 8,
  /** What a host name is written with, its separators, `%` and invisible characters included. */
  host: 16,
  /** What a URL is written with; brackets are left to their reader. */
  url: 32,
  space: 64,
  /** Invisible: soft hyphen, zero-width space, direction marks. */
  ignorable: 128,
} as const;

/** Counts the steps taken. */
export interface Work {
  steps: number;
}

/** A text with the kinds of its code units, and a count of the steps spent on it. */
export interface Scan {
  readonly text: string;
  readonly kinds: Uint8Array;
  /** Whether the text is ASCII only, and needs no expression for all of Unicode. */
  readonly ascii: boolean;
  readonly work: Work;
}

/** A stretch of the text that a rule reported; `end` is exclusive. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
}

/** Looks for one family of findings and reports each in the order of the text. */
export type Rule = (scan: Scan, report: (start: number, end: number, rule: string) => void) => void;

/** Classifies every character of a text once, so that rules only look up. */
export function createScan(text: string, work: Work): Scan {
  const kinds = new Uint8Array(text.length);
  let ascii = true;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 128) {
      kinds[at] = asciiKinds[code]!;
    } else {
      ascii = false;
      const character = String.fromCodePoint(text.codePointAt(at)!);
      const found = unicodeKind(character) | (isDotBetweenLatin(text, at) ? kind.host : 0);
      kinds[at] = found;
      if (character.length === 2) kinds[(at += 1)] = found;
    }
  }
  work.steps += text.length;
  return { text, kinds, ascii, work };
}

/** The first place from `from` on that is none of the kinds, at most `limit`. */
export function after(scan: Scan, from: number, kinds: number, limit: number = scan.text.length): number {
  let at = from;
  while (at < limit && (scan.kinds[at]! & kinds) !== 0) at += 1;
  scan.work.steps += at - from + 1;
  return at;
}

/** The first place of the unbroken stretch of the kinds that ends before `to`, not below `floor`. */
export function before(scan: Scan, to: number, kinds: number, floor: number): number {
  let at = to;
  while (at > floor && (scan.kinds[at - 1]! & kinds) !== 0) at -= 1;
  scan.work.steps += to - at + 1;
  return at;
}

/** Whether the character at a place is one of the kinds; false outside the text. */
export function is(scan: Scan, at: number, kinds: number): boolean {
  return ((scan.kinds[at] ?? 0) & kinds) !== 0;
}

const asciiKinds = Uint8Array.from({ length: 128 }, (_, code) => asciiKind(String.fromCharCode(code)));

function asciiKind(character: string): number {
  let found = 0;
  if (/[a-z]/i.test(character)) found |= kind.word | kind.alnum | kind.host;
  if (/\d/.test(character)) found |= kind.word | kind.alnum | kind.host | kind.digit;
  if (/[\da-f]/i.test(character)) found |= kind.hex;
  if (/[-._%]/.test(character)) found |= kind.host;
  if (/[!-~]/.test(character) && !/["<>^`|()[\]{}]/.test(character)) found |= kind.url;
  if (/\s/.test(character)) found |= kind.space;
  return found;
}

const ignorable = unicode(String.raw`\p{Default_Ignorable_Code_Point}|\p{Cf}`);
const word = unicode(String.raw`[\p{L}\p{M}\p{N}]`);
const control = unicode(String.raw`\p{Cc}`);

function unicodeKind(character: string): number {
  if (/\s/.test(character)) return kind.space;
  if (ignorable().test(character)) return kind.ignorable | kind.host | kind.url;
  if (word().test(character)) return kind.word | kind.host | kind.url;
  // The full-width full stop is a dot wherever it stands; U+3002 also ends sentences.
  return character === '\uff0e' ? kind.host | kind.url : control().test(character) ? 0 : kind.url;
}

function isDotBetweenLatin(text: string, at: number): boolean {
  const latin = /[a-z0-9\u00c0-\u024f]/i;
  return /[\u3002\uff61]/.test(text[at]!) && latin.test(text[at - 1] ?? '') && latin.test(text[at + 1] ?? '');
}
