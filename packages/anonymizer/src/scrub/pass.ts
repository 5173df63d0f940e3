import { spend, type Work } from './budget.js';
import { asciiKinds, classify, kind } from './characters.js';
import { keys } from './keys.js';
import type { Finding, Scan } from './scan.js';
import { ending, spokenEndings } from './spoken.js';
import { action, addressTable, plainTable } from './triggers.js';

// Words that are shorter are no keys. One without a digit is looked at from the second length on.
const shortestKey = 10;
const shortestWord = 16;

/**
 * Finds what is sensitive in one pass over the characters of a text. Letters and digits only count towards the token
 * that they are part of; any other character calls the detectors that begin at it. `isDecoded` is true for what an
 * encoded part of a text stands for.
 */
export function findInOnePass(
  text: string,
  addresses: boolean,
  work: Required<Work>,
  isDecoded = false,
): Finding[] {
  const { ascii, wide, calls, gates } = addresses ? addressTable() : plainTable();
  const { length } = text;
  const found: Finding[] = [];
  const floors: number[] = [];
  let scan: Scan | undefined;
  let keyFloor = 0;
  let token = 0;
  let lastDigit = -1;
  spend(work, length);
  for (let at = 0; at <= length; at += 1) {
    const code = at < length ? text.charCodeAt(at) : 0;
    const does = code < 128 ? ascii[code]! : (wide.get(code) ?? action.end);
    if (does === action.letter) continue;
    if (does === action.digit) {
      lastDigit = at;
      continue;
    }
    if (does >= action.end) {
      const size = at - token;
      if (
        size >= shortestKey &&
        (size >= shortestWord || lastDigit >= token || isHexadecimal(text, token, at))
      ) {
        scan ??= createScan(text, addresses, work, found, isDecoded);
        keyFloor = keys(scan, token, at, keyFloor);
      }
      token = at + 1;
    }
    const next = at + 1 < length ? text.charCodeAt(at + 1) : 0;
    const gate = next < 128 ? gates[(does << 7) | next]! : 2;
    if (gate === 0 || (gate === 1 && spokenEndings[ending(text, at)] === 0)) continue;
    const list = calls[does]!;
    for (let index = 0; index < list.length; index += 1) {
      const { detector, place, follows, behind } = list[index]!;
      if (follows !== undefined && next < 128 && follows[next] === 0) continue;
      if (behind !== undefined && behind[ending(text, at)] === 0) continue;
      scan ??= createScan(text, addresses, work, found, isDecoded);
      const floor = floors[place] ?? 0;
      if (at >= floor) floors[place] = detector(scan, at, floor);
    }
  }
  return found;
}

/** Returns true if a token is made of the letters of hexadecimal only. */
function isHexadecimal(text: string, from: number, to: number): boolean {
  let at = from;
  while (at < to && (asciiKinds[text.charCodeAt(at)]! & kind.hex) !== 0) at += 1;
  return at === to;
}

function createScan(
  text: string,
  addresses: boolean,
  work: Required<Work>,
  found: Finding[],
  isDecoded: boolean,
): Scan {
  // eslint-disable-next-line no-control-regex
  const ascii = /^[\0-\x7f]*$/.test(text);
  if (!ascii) spend(work, text.length);
  let reported = 0;
  return {
    text,
    kinds: ascii ? undefined : classify(text),
    work,
    get reported(): number {
      return reported;
    },
    report(start, end, rule): void {
      found.push({ start, end, rule });
      reported = Math.max(reported, end);
    },
    // What is left encoded in a decoded text is not looked into again, or the work would not be linear.
    findIn: (decoded) => (isDecoded ? [] : findInOnePass(decoded, addresses, work, true)),
  };
}
