import { spend } from './budget.js';
import { kind } from './characters.js';
import { after, before, is, type Detector, type Scan } from './scan.js';
import { hostTailEnd, userStart } from './urls.js';

const colonMac =
  /(?<![\da-f]|[\da-f]:)(?:(?:[\da-f]{2}:){5,}[\da-f]{2}|(?=[\d:]*[a-f])[\da-f]{4}(?::[\da-f]{4}){2,3})(?![\da-f]|:[\da-f])/i;
// Solaris and BSD leave out the first zero of each byte.
const shortMac = /^(?=[^:]*(?::\d*[a-f]|[\da-f]{2}:))[\da-f]{1,2}(?::[\da-f]{1,2}){5}$/i;

/**
 * IPv6 addresses (RFC 4291, 5952, 6052) with their zone, brackets and port, and hardware addresses and fingerprints with
 * colons; looked for at a colon.
 */
export const ipv6: Detector = (scan, colon, floor) => {
  let start = colon;
  while (start > floor && isPart(scan, start - 1)) start -= 1;
  let runEnd = colon + 1;
  while (isPart(scan, runEnd)) runEnd += 1;
  spend(scan.work, runEnd - start);
  const [from, end] = ownWords(scan, start, runEnd);
  const zoned = zoneEnd(scan, end);
  const bracketed = scan.text[from - 1] === '[' && scan.text[zoned] === ']';
  const rule = addressRule(scan.text.slice(from, end));
  // `DBD::Gofer` is a name in which `::` joins two.
  if (rule === undefined || (scan.text[end - 1] === ':' && is(scan, end, kind.word))) return runEnd;
  const named = /@\[ipv6:$/i.test(scan.text.slice(Math.max(0, from - 7), from)) && scan.text[zoned] === ']';
  const first = named ? from - 6 : bracketed ? from - 1 : from;
  const to = hostTailEnd(scan, bracketed || named ? zoned + 1 : zoned);
  scan.report(userStart(scan, first), to, rule);
  return Math.max(runEnd, to);
};

function isPart(scan: Scan, at: number): boolean {
  return is(scan, at, kind.hex) || scan.text[at] === ':' || scan.text[at] === '.';
}

function zoneEnd(scan: Scan, end: number): number {
  return scan.text[end] === '%' ? after(scan, end + 1, kind.host) : end;
}

/** Excludes a group that is the end of a word before (`std::`) or the start of one after, and lone separators. */
function ownWords(scan: Scan, from: number, to: number): [number, number] {
  const { text } = scan;
  let start = is(scan, from - 1, kind.word) ? after(scan, from, kind.hex, to) : from;
  let end = is(scan, to, kind.word) ? before(scan, to, kind.hex, start) : to;
  while (start < end && (text[start] === '.' || (text[start] === ':' && text[start + 1] !== ':'))) start += 1;
  while (end > start && (text[end - 1] === '.' || (text[end - 1] === ':' && text[end - 2] !== ':'))) end -= 1;
  spend(scan.work, start - from + to - end);
  return [start, end];
}

function addressRule(text: string): string | undefined {
  if (!text.includes(':')) return undefined;
  // `::` alone is punctuation of programming languages, and `[::]` the address of every interface.
  if (text.includes('::')) return isCompressed(text) ? '@ip:v6' : undefined;
  if ((text.length >= 14 && colonMac.test(text)) || (text.length < 18 && shortMac.test(text))) return '@mac';
  if (/^(?:[\da-f]{6}:[\da-f]{6}|[\da-f]{8}:[\da-f]{8})$/i.test(text) && /[a-f]/i.test(text))
    return text.length < 17 ? '@mac' : '@credentials:pair';
  let groups = 0;
  for (const group of text.split(':')) {
    if (/^[\da-f]{1,4}$/i.test(group)) groups += 1;
    else if (group.includes('.') && groups >= 6) groups = 8;
    // A dot after the address may end a sentence.
    else groups = /\.[\da-f]{1,4}$/i.test(group) ? 1 : 0;
    if (groups === 8) return '@ip:v6';
  }
  return undefined;
}

/** Returns true if one of the parts is an address with `::` in it; `a::b::c` is a name of a programming language. */
function isCompressed(text: string): boolean {
  // `:::80` is a port of every interface.
  if (!/[\da-f]/i.test(text) || /^:::\d+$/.test(text)) return false;
  const compressions = text.split('::').length - 1;
  return compressions === 1 || /\d/.test(text);
}
