import { kind } from './characters.js';
import { hidesText, looksRandom, looksRandomTogether, randomness, shortestOpaque } from './opaque.js';
import { is, kindsAt, read, textBefore, withoutEnd, type Scan } from './scan.js';

const bareMac = /^(?=.*[a-f])(?!\d+e\d*$|.*0{6})(?:[\da-f]{12}|[\da-f]{16})$/i;
const uuid = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/i;
// The beginnings of keys that do not look random: capitals only, or an example with few different characters.
const known =
  /^(?:(?:DESKTOP|LAPTOP|WIN|EC2AMAZ)-[A-Z\d]{7,11}$|(?:i|vpc|subnet|sg|ami|eni|vol|snap|rtb|igw|nat|eipalloc|acl|lt|pcx|tgw|vpce|fs)-[\da-f]{8}(?:[\da-f]{9})?$|0x(?!.*(?:ffff|0000))(?:[\da-fA-F]{4}){2,4}$|(?:AKIA|ASIA|ABIA|ACCA|AGPA|AROA|AIDA)[A-Z\d]{16}|AIza[\w-]{30}|eyJ[\w-]{8}|AAAA[BCE][3N]NzaC1|AAAAE2VjZHNhLX|(?:AC|SK)[\da-fx]{32}|AKC[a-zA-Z\d]{10}|[a-z]{2,10}_live_(?=\w*\d)\w{8}|AP[\dA-F][a-zA-Z\d]{10}|GR1348941[\w-]{10}|LS0tLS1CRUdJTi)/;

/**
 * Reports a token (letters, digits, hyphens and underscores) that has the shape of a key.
 *
 * Its continuation is part of the key: the other segments of a JWT, or base64 text after `/` and `+`.
 */
export function keys(scan: Scan, start: number, end: number, floor: number): number {
  const token = read(scan, start, end);
  const rule = keyRule(token) ?? (isBase64(scan, start, end, floor) ? '@token:base64' : undefined);
  if (rule === undefined) return floor;
  const from = digestUserStart(scan, token, extendBack(scan, start, floor), floor);
  const to = extend(scan, end);
  return scan.report(from, to, rule);
}

/**
 * Returns true if a token is part of a longer base64 text, in which `/` and `+` leave no part long enough to recognise.
 */
function isBase64(scan: Scan, start: number, end: number, floor: number): boolean {
  if (!'/+'.includes(scan.text[start - 1] ?? '-') && !'/+'.includes(scan.text[end] ?? '-')) return false;
  if (/[-_]/.test(scan.text.slice(start, end))) return false;
  const lead = /[A-Za-z\d+/]*$/.exec(textBefore(scan, start, 64, floor))![0];
  const rest = /^[A-Za-z\d+/]*/.exec(read(scan, end, end + 64))![0];
  const whole = lead + scan.text.slice(start, end) + rest;
  if (whole.length < 30 || /^\/|\/\//.test(whole)) return false;
  const hasAll = [/[a-z]/, /[A-Z]/, /\d/].every((form) => form.test(whole));
  return hasAll && randomness(whole.replace(/[+/]/g, '')) >= 4;
}

/** Returns the start of `user:realm:` before a digest of a password file. */
function digestUserStart(scan: Scan, token: string, start: number, floor: number): number {
  if (scan.text[start - 1] !== ':' || !/^[\da-f]{32,}$/i.test(token)) return start;
  const lead = textBefore(scan, start, 128, floor);
  return start - (/(?<![^\s"'`,;=])[\w.@-]{1,64}:(?:[\w .-]{1,64}:)?$/.exec(lead)?.[0].length ?? 0);
}

function keyRule(token: string): string | undefined {
  if (known.test(token)) return '@token:known';
  if (uuid.test(token)) return '@uuid';
  const words = token.split(/[-_]+/);
  // `wlan0_001b44113ab7`; versions of Go modules end so as well.
  if (bareMac.test(token) || (words.length === 2 && /^[a-z]/i.test(token) && bareMac.test(words[1]!)))
    return '@mac';
  if (words.some(looksRandom) || looksRandomTogether(words)) return '@token:random';
  const mayHideText = token.length >= 16 && /[A-Z]/.test(token) && /[a-z]/.test(token);
  return mayHideText && hidesText(token) ? '@token:base64' : undefined;
}

/** Returns true if a segment beside a key belongs to it: it is not a word of a path or a name. */
function belongs(segment: string): boolean {
  if (segment.length <= 2) return /[A-Z\d]/.test(segment);
  return randomness(segment.replace(/[-_]/g, '')) >= 4 || segment.length >= shortestOpaque * 2;
}

const segmentKinds = kind.alnum;

function extend(scan: Scan, from: number): number {
  let end = from;
  for (;;) {
    while (/[+/=.~]/.test(scan.text[end] ?? ' ')) end += 1;
    let segment = end;
    while (is(scan, segment, segmentKinds) || /[-_]/.test(scan.text[segment] ?? ' ')) segment += 1;
    const written = read(scan, end, segment);
    if (written === '' || !(belongs(written) || joinsKeys(scan, segment))) break;
    end = segment;
  }
  return withoutEnd(scan, from, end, '/.~');
}

/** Returns true if a key follows a short segment, as in `key.short.key`. */
function joinsKeys(scan: Scan, end: number): boolean {
  if (scan.text[end] !== '.') return false;
  return (
    /^[\w-]{20}/.test(scan.text.slice(end + 1, end + 24)) && looksRandomPart(read(scan, end + 1, end + 24))
  );
}

function looksRandomPart(text: string): boolean {
  return randomness(text.replace(/[^A-Za-z\d]/g, '')) >= 4.5;
}

function extendBack(scan: Scan, to: number, floor: number): number {
  let start = to;
  while (start - 1 > floor && /[+/.~]/.test(scan.text[start - 1]!)) {
    let segment = start - 1;
    while (
      segment > floor &&
      (kindsAt(scan, segment - 1) & segmentKinds || /[-_]/.test(scan.text[segment - 1]!))
    )
      segment -= 1;
    const written = read(scan, segment, start - 1);
    if (written === '' || !belongs(written)) break;
    start = segment;
  }
  return start;
}
