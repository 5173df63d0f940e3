import { after, before, is, kind, type Rule, type Scan } from './scan.js';
import { hostTailEnd, userInfoStart } from './urls.js';

const colonMac = /(?<![\da-f]|[\da-f]:)(?:[\da-f]{2}:){5,}[\da-f]{2}(?![\da-f]|:[\da-f])/i;

/** IPv6 addresses with their zone, brackets and port, and hardware addresses and fingerprints with colons. */
export const ipv6: Rule = (scan, report) => {
  scan.work.steps += scan.text.length;
  if (!scan.text.includes(':')) return;
  let floor = 0;
  for (let at = 0; at < scan.text.length; at += 1) {
    if (!isPart(scan, at)) continue;
    let runEnd = at + 1;
    while (isPart(scan, runEnd)) runEnd += 1;
    scan.work.steps += runEnd - at;
    const [start, end] = ownWords(scan, at, runEnd);
    at = runEnd;
    // Without a colon there is no address, and reading what would be its zone takes quadratic time over `a%a%a%…`.
    if (!scan.text.slice(start, end).includes(':')) continue;
    const zoned = scan.text[end] === '%' ? after(scan, end + 1, kind.host) : end;
    const bracketed = scan.text[start - 1] === '[' && scan.text[zoned] === ']';
    const rule = addressRule(scan.text.slice(start, end), bracketed);
    if (rule === undefined) continue;
    const from = bracketed ? start - 1 : start;
    const to = hostTailEnd(scan, bracketed ? zoned + 1 : zoned);
    report(scan.text[from - 1] === '@' ? userInfoStart(scan, from - 1, floor) : from, to, rule);
    floor = to;
    at = Math.max(runEnd, to - 1);
  }
};

function isPart(scan: Scan, at: number): boolean {
  return is(scan, at, kind.hex) || scan.text[at] === ':' || scan.text[at] === '.';
}

/** Leaves out a group that is the end of a word before (`std::`) or the start of one after, and lone separators. */
function ownWords(scan: Scan, from: number, to: number): [number, number] {
  const { text } = scan;
  let start = is(scan, from - 1, kind.word) ? after(scan, from, kind.hex, to) : from;
  let end = is(scan, to, kind.word) ? before(scan, to, kind.hex, start) : to;
  while (start < end && (text[start] === '.' || (text[start] === ':' && text[start + 1] !== ':'))) start += 1;
  while (end > start && (text[end - 1] === '.' || (text[end - 1] === ':' && text[end - 2] !== ':'))) end -= 1;
  scan.work.steps += start - from + to - end;
  return [start, end];
}

function addressRule(text: string, bracketed: boolean): string | undefined {
  // `::` alone is punctuation of programming languages, `[::]` the address of every interface.
  if (text.includes('::')) return bracketed || /[\da-f]/i.test(text) ? '@ip:v6' : undefined;
  if (text.length >= 17 && colonMac.test(text)) return '@mac';
  let groups = 0;
  for (const group of text.split(':')) {
    if (/^[\da-f]{1,4}$/i.test(group)) groups += 1;
    else if (group.includes('.') && groups >= 6) groups = 8;
    // What a dot joins to the address may end a sentence.
    else groups = /\.[\da-f]{1,4}$/i.test(group) ? 1 : 0;
    if (groups === 8) return '@ip:v6';
  }
  return undefined;
}
