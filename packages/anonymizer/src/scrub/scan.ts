import { spend, type Work } from './budget.js';
import { asciiKinds, classify, kind } from './characters.js';

/** A text with the kinds of its characters, the findings so far, and a count of the steps spent on it. */
export interface Scan {
  readonly text: string;
  /** The kinds of each code unit, computed when the first one beyond ASCII is met. */
  kinds: Uint8Array | undefined;
  readonly work: Required<Work>;
  /** The end of the last finding so far. */
  reported: number;
  /** Returns `end`. */
  report(start: number, end: number, rule: string): number;
  /** Finds sensitive parts in the decoded form of an encoded part. */
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
 * Returns the position from which this detector needs to be called again: after reading far ahead it returns a later
 * one, which keeps the whole linear. It never reads further back than `floor`, the last returned position, or a
 * constant number of characters.
 */
export type Detector = (scan: Scan, at: number, floor: number) => number;

/** Returns the kinds of the character at a position; none outside the text. */
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

/** Returns the first position from `from` on that is of none of the kinds, at most `limit`. */
export function after(scan: Scan, from: number, kinds: number, limit: number = scan.text.length): number {
  let at = from;
  while (at < limit && is(scan, at, kinds)) at += 1;
  spend(scan.work, at - from + 1);
  return at;
}

/** Returns the start of the unbroken run of the kinds that ends before `to`, not below `floor`. */
export function before(scan: Scan, to: number, kinds: number, floor: number): number {
  let at = to;
  while (at > floor && is(scan, at - 1, kinds)) at -= 1;
  spend(scan.work, to - at + 1);
  return at;
}

/** Returns the text between two positions, which counts as work. */
export function read(scan: Scan, from: number, to: number): string {
  spend(scan.work, Math.max(0, to - from));
  return scan.text.slice(Math.max(0, from), to);
}

/** Returns at most `length` characters before a position, not below `floor`. */
export function textBefore(scan: Scan, to: number, length: number, floor = 0): string {
  return read(scan, Math.max(floor, to - length), to);
}

/** Returns the end of a part without the characters at its end that are one of `signs`. */
export function withoutEnd({ text }: Scan, from: number, to: number, signs: string): number {
  let end = to;
  while (end > from && signs.includes(text[end - 1]!)) end -= 1;
  return end;
}

/** Returns the first position from `from` on with one of the characters, or `limit`, or the end of the text. */
export function upTo(scan: Scan, from: number, ends: string, limit: number = scan.text.length): number {
  const last = Math.min(limit, scan.text.length);
  let at = from;
  while (at < last && !ends.includes(scan.text[at]!)) at += 1;
  spend(scan.work, at - from + 1);
  return at;
}

/** Returns true if a text ends or has a space at a position, perhaps after a punctuation mark. */
export function endsWord(text: string, at: number): boolean {
  const next = '.,;:!?)'.includes(text[at] ?? ' ') ? at + 1 : at;
  return next >= text.length || ' \t\n\r'.includes(text[next]!);
}

/** Returns true if the character before a position may precede a finding: it is not part of a word. */
export function beginsWord(scan: Scan, at: number): boolean {
  return !is(scan, at - 1, kind.word);
}
