import { spend, type Work } from './budget.js';
import { asciiKinds, kind } from './characters.js';
import { codesOf } from './codes.js';
import { keys } from './keys.js';
import { endsWord, type Finding, type Scan } from './scan.js';
import { trigramCount } from './trigrams.js';
import { action, type Table } from './trigger-table.js';
import { addressTable, plainTable } from './triggers.js';
import { beginsWithCommand, commandLines } from './commands.js';

// Shorter words are not keys. A word without a digit needs the second length.
const shortestKey = 10;
const shortestWord = 16;
const space = 32;
const dot = 46;
const smallD = 100;
const lastHexadecimal = 6;
// Numbers of this module, since the loop would read those of another from it for each character.
const { letter, digit, end, other } = action;
const lastTrigram = trigramCount - 1;
// How far ahead of a character the loop looks.
const reach = 6;

/** The result of one pass over a text. */
export interface Pass {
  readonly found: Finding[];
  /** True if a detector was called that reads several words: its findings can depend on a replacement beside them. */
  readonly isOverWords: boolean;
}

/** Finds sensitive parts of a text in one pass. `isDecoded` is true for the decoded form of an encoded part. */
export function findInOnePass(
  text: string,
  addresses: boolean,
  work: Required<Work>,
  isDecoded = false,
): Pass {
  const table = addresses ? addressTable() : plainTable();
  const found: Finding[] = [];
  spend(work, text.length);
  const candidates = candidatesIn(text, codesOf(text, reach), table);
  const isCommand = beginsWithCommand(text);
  if (candidates.length === 0 && !isCommand) return { found, isOverWords: false };
  const scan = createScan(text, addresses, work, found, isDecoded);
  const floors: number[] = [];
  let keyFloor = 0;
  let isOverWords = isCommand;
  if (isCommand) commandLines(scan, -1, 0);
  for (let index = 0; index < candidates.length; index += 2) {
    const at = candidates[index]!;
    const what = candidates[index + 1]!;
    if (what >= 0) {
      if (look(scan, floors, table.calls, what, at)) isOverWords = true;
      continue;
    }
    // The continuation of an earlier key is not read again, since a chain of keys would take quadratic time.
    const token = -1 - what;
    if (token >= keyFloor) keyFloor = keys(scan, token, at, keyFloor);
  }
  return { found, isOverWords };
}

/**
 * Returns the positions at which something may begin, each followed by the action with the bits of the detectors to
 * call; or by -1 minus the start of the token that ends there, if it is long enough for a key.
 *
 * Letters and digits only add to their token, and nearly all spaces are decided at once. The loop calls no function,
 * which makes it three times as fast.
 */
function candidatesIn(text: string, codes: Uint8Array, table: Table): number[] {
  const { actions, others, byNext, byLast, endings, byEnding } = table;
  const atSpace = actions[space]!;
  // What is called at a space whatever the word before it.
  const afterAnyWord = byEnding[atSpace << 4]!;
  const candidates: number[] = [];
  const { length } = text;
  let begin = 0;
  let lastDigit = -1;
  let behind = 0;
  for (let at = 0; at <= length; at += 1) {
    let code = codes[at]!;
    let does = actions[code]!;
    // The zero after the text ends this loop.
    while (does === letter) {
      behind = (behind << 5) | (code & 31);
      code = codes[(at += 1)]!;
      does = actions[code]!;
    }
    const found = endings[(behind &= lastTrigram)]!;
    behind = (behind << 5) | (code & 31);
    if (does === digit) {
      lastDigit = at;
      continue;
    }
    const next = codes[at + 1]!;
    const size = at - begin;
    if (
      does === atSpace &&
      found === 0 &&
      size < shortestKey &&
      ((byNext[(does << 8) | next]! & afterAnyWord) === 0 || !isSpaced(codes, at))
    ) {
      begin = at + 1;
      continue;
    }
    if (does === other) does = others.get(text.charCodeAt(at)) ?? end;
    if (does >= end) {
      // A letter beyond hexadecimal excludes most words at once.
      if (
        size >= shortestKey &&
        (size >= shortestWord ||
          lastDigit >= begin ||
          ((codes[begin]! & 31) <= lastHexadecimal && isHexadecimal(codes, begin, at)))
      )
        candidates.push(at, -1 - begin);
      begin = at + 1;
    }
    const last = at === 0 ? 0 : codes[at - 1]!;
    const calls = byNext[(does << 8) | next]! & byLast[(does << 8) | last]! & byEnding[(does << 4) | found]!;
    if (calls !== 0) candidates.push(at, (does << 16) | calls);
  }
  return candidates;
}

/** Returns true before ` . `, ` dot ` and the second of `00 1A 2B`. */
function isSpaced(codes: Uint8Array, at: number): boolean {
  const next = codes[at + 1]!;
  if (next === dot) return codes[at + 2] === space;
  if ((next | space) === smallD && codes[at + 4] === space) return true;
  return codes[at + 3] === space && codes[at + 6] === space;
}

/**
 * Calls the detectors that have not read beyond this position yet, in the order of their bits. Returns true if one of
 * them reads several words.
 */
function look(scan: Scan, floors: number[], calls: Table['calls'], does: number, at: number): boolean {
  let isOverWords = false;
  for (let bits = does & 0xffff; bits !== 0; bits &= bits - 1) {
    const call = calls[((does >>> 16) << 4) | (31 - Math.clz32(bits & -bits))]!;
    if (call.over === 'word' && at < scan.reported && endsWord(scan.text, scan.reported)) continue;
    if (call.when !== undefined && !call.when(scan.text, at)) continue;
    if (call.over === 'words') isOverWords = true;
    const floor = floors[call.index] ?? 0;
    if (at >= floor) floors[call.index] = call.detector(scan, at, floor);
  }
  return isOverWords;
}

/** Returns true if a token consists of hexadecimal digits only. */
function isHexadecimal(codes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && (asciiKinds[codes[at]!]! & kind.hex) !== 0) at += 1;
  return at === to;
}

function createScan(
  text: string,
  addresses: boolean,
  work: Required<Work>,
  found: Finding[],
  isDecoded: boolean,
): Scan {
  const scan: Scan = {
    text,
    kinds: undefined,
    work,
    reported: 0,
    report(start, end, rule) {
      found.push({ start, end, rule });
      scan.reported = Math.max(scan.reported, end);
      return end;
    },
    // A text that is still encoded after decoding is not decoded again, or the work would not be linear.
    findIn: (decoded) => (isDecoded ? [] : findInOnePass(decoded, addresses, work, true).found),
  };
  return scan;
}
