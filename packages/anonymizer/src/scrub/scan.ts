import { spend, type Work } from './budget.js';
import { asciiKinds, classify, kind } from './characters.js';

/** A text with the kinds of its characters, the findings so far, and a count of the steps spent on it. */
export interface Scan {
  readonly text: string;
  /** The kinds of each code unit, made when one that is not ASCII is first met. */
  kinds: Uint8Array | undefined;
  readonly work: Required<Work>;
  /** How far the findings so far reach. */
  reported: number;
  report(start: number, end: number, rule: string): void;
  /** What is found in the text that an encoded part stands for. */
  findIn(decoded: string): readonly Finding[];
}

/** A stretch of the text that a detector reported; `end` is exclusive. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
}

/**
 * Looks at one trigger character, and reports what it finds around it.
 *
 * Returns where this detector needs to look again: a detector that has read far ahead says so, which keeps the whole
 * linear. It never reads further back than `floor`, what it returned last, or a constant number of characters.
 */
export type Detector = (scan: Scan, at: number, floor: number) => number;

/** The kinds of the character at a position; none outside the text. */
export function kindsAt(scan: Scan, at: number): number {
  const code = scan.text.charCodeAt(at);
  if (code < 128) return asciiKinds[code]!;
  return code >= 128 ? (scan.kinds ?? classified(scan))[at]! : 0;
}

function classified(scan: Scan): Uint8Array {
  spend(scan.work, scan.text.length);
  return (scan.kinds = classify(scan.text));
}

/** Returns true if the character at a position is one of the kinds; false outside the text. */
export function is(scan: Scan, at: number, kinds: number): boolean {
  return (kindsAt(scan, at) & kinds) !== 0;
}

/** The first position from `from` on that is none of the kinds, at most `limit`. */
export function after(scan: Scan, from: number, kinds: number, limit: number = scan.text.length): number {
  let at = from;
  while (at < limit && is(scan, at, kinds)) at += 1;
  spend(scan.work, at - from + 1);
  return at;
}

/** The first position of the unbroken stretch of the kinds that ends before `to`, not below `floor`. */
export function before(scan: Scan, to: number, kinds: number, floor: number): number {
  let at = to;
  while (at > floor && is(scan, at - 1, kinds)) at -= 1;
  spend(scan.work, to - at + 1);
  return at;
}

/** The text between two positions, which counts as work. */
export function read(scan: Scan, from: number, to: number): string {
  spend(scan.work, Math.max(0, to - from));
  return scan.text.slice(Math.max(0, from), to);
}

/** The first position from `from` on where the text has one of the characters, or `limit`, or its end. */
export function upTo(scan: Scan, from: number, ends: string, limit: number = scan.text.length): number {
  const last = Math.min(limit, scan.text.length);
  let at = from;
  while (at < last && !ends.includes(scan.text[at]!)) at += 1;
  spend(scan.work, at - from + 1);
  return at;
}

/** Returns true if a text ends or goes on with a space at a position, perhaps behind a sign that ends a sentence. */
export function endsWord(text: string, at: number): boolean {
  const next = '.,;:!?)'.includes(text[at] ?? ' ') ? at + 1 : at;
  return next >= text.length || ' \t\n\r'.includes(text[next]!);
}

/** Returns true if the character before a position can stand before a finding: it is no part of a word. */
export function beginsWord(scan: Scan, at: number): boolean {
  return !is(scan, at - 1, kind.word);
}
