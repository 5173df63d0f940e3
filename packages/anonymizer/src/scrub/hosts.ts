import { after, is, kind, type Rule, type Scan } from './scan.js';
import { ignorables, unicode } from './lazy.js';
import { beginsWithTopLevelDomain } from './top-level-domains.js';
import { hostTailEnd, urlEnd, userInfoStart } from './urls.js';

const letter = unicode(String.raw`\p{L}`);
const endOfWord = unicode(String.raw`[\p{L}\p{M}\p{N}]$`);
// Normalizing sorts the marks after a letter, in quadratic time. UAX #15 has at most 30 in its Stream-Safe Text Format.
const markRun = unicode(String.raw`(\p{M}{30})\p{M}+`, 'gu');
const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]\\d|\\d)';
const lastOctet = new RegExp(`(?<![a-z\\d])${octet}$`);
const firstOctet = new RegExp(`^${octet}(?![a-z\\d])`);
const wholeOctet = new RegExp(`^${octet}$`);
const dashedMac = /(?<![\da-z])(?:[\da-f]{2}-){5}[\da-f]{2}(?![\da-z])/i;
const dottedMac = /(?<![\da-z])[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}(?![\da-z])/i;

/** Domains that end in a top-level domain, e-mail addresses, IPv4 addresses, and hardware addresses with dashes or dots. */
export const hosts: Rule = (scan, report) => {
  let floor = 0;
  for (let at = 0; at < scan.text.length; at += 1) {
    if (!is(scan, at, kind.host)) continue;
    const runEnd = after(scan, at, kind.host);
    const [start, end] = trim(scan, at, runEnd);
    const rule = hostRule(scan, start, end);
    at = runEnd;
    if (rule === undefined) continue;
    const sign = scan.text[start - 1] === '[' ? start - 2 : start - 1;
    const email = scan.text[sign] === '@';
    const from = email ? userInfoStart(scan, sign, floor) : start;
    const bracketed = email && sign === start - 2 && scan.text[end] === ']';
    floor = Math.max(end, hostTailEnd(scan, bracketed ? end + 1 : end));
    report(from, floor, email ? '@email' : rule);
    // What the tail took is not looked at again, or a row of hosts would take quadratic time.
    at = Math.max(runEnd, floor - 1);
  }
};

/** `host:6379` where nothing but the field says that it is an address. */
export const bareHosts: Rule = (scan, report) => {
  let floor = 0;
  for (let colon = scan.text.indexOf(':'); colon >= 0; colon = scan.text.indexOf(':', colon + 1)) {
    if (colon < floor) continue;
    const portEnd = after(scan, colon + 1, kind.digit);
    if (portEnd === colon + 1 || portEnd > colon + 6 || is(scan, portEnd, kind.word)) continue;
    let start = colon;
    while (start > floor && is(scan, start - 1, kind.host)) start -= 1;
    scan.work.steps += colon - start + 1;
    const name = scan.text.slice(start, colon);
    if (!(scan.ascii ? /[a-z]/i : letter()).test(name) || name === 'localhost' || name === 'xxxx') continue;
    const from = scan.text[start - 1] === '@' ? userInfoStart(scan, start - 1, floor) : start;
    floor = hostTailEnd(scan, colon);
    report(from, floor, '@host:port');
  }
  scan.work.steps += scan.text.length;
};

/** `user:password@host`, with or without a user, whatever the host is. */
export const userInfo: Rule = (scan, report) => {
  let floor = 0;
  for (let at = scan.text.indexOf('@'); at >= 0; at = scan.text.indexOf('@', at + 1)) {
    if (at < floor) continue;
    const start = userInfoStart(scan, at, floor);
    const info = scan.text.slice(start, at);
    floor = at + 1;
    if (!/^[^:]*:[^:]/.test(info) || !(is(scan, at + 1, kind.word) || scan.text[at + 1] === '[')) continue;
    floor = Math.max(floor, urlEnd(scan, at + 1));
    report(start, floor, '@credentials:user');
  }
  scan.work.steps += scan.text.length;
};

function hostRule(scan: Scan, start: number, end: number): string | undefined {
  const written = scan.text.slice(start, end);
  scan.work.steps += written.length;
  if (written.includes('-') && dashedMac.test(written) && /[a-f]/i.test(written)) return '@mac';
  for (const name of readings(written)) {
    if (name.includes('xn--') && /(?<![^.])xn--[^.]/.test(name)) return '@domain';
    if (!name.includes('.')) continue;
    if (dottedMac.test(name) && /[a-f]/.test(name)) return '@mac';
    const rule = namesHost(name, scan.ascii ? /[a-z\d]$/ : endOfWord());
    if (rule !== undefined) return rule;
  }
  return undefined;
}

function namesHost(name: string, end: RegExp): string | undefined {
  const labels = name.split('.');
  for (let index = 1; index < labels.length; index += 1) {
    const isDomain = end.test(labels[index - 1]!.slice(-2)) && beginsWithTopLevelDomain(labels[index]!);
    if (isDomain) return '@domain';
    if (index >= 3 && isIpV4(labels, index - 3)) return '@ip:v4';
  }
  return undefined;
}

function isIpV4(labels: readonly string[], from: number): boolean {
  return (
    wholeOctet.test(labels[from + 1]!) &&
    wholeOctet.test(labels[from + 2]!) &&
    lastOctet.test(labels[from]!.slice(-4)) &&
    firstOctet.test(labels[from + 3]!.slice(0, 4))
  );
}

/**
 * The ways to read a name, in lower case: as written, where an invisible character ends a word; as a resolver reads it,
 * without invisible characters and with compatibility forms resolved; and with its percent-encoding undone.
 */
function readings(written: string): string[] {
  const names = [written.toLowerCase()];
  if (!/^[\0-\x7f]*$/.test(written)) {
    const visible = written.replace(ignorables(), '');
    names.push(visible.replace(markRun(), '$1').normalize('NFKC').toLowerCase().replaceAll('\u3002', '.'));
  }
  const encoded = names.filter((name) => name.includes('%'));
  return [...names, ...encoded.map(decoded)];
}

function decoded(name: string): string {
  return name.replace(/%([2-7][\da-f])/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function trim(scan: Scan, from: number, to: number): [number, number] {
  let start = from;
  let end = to;
  while (start < end && !is(scan, start, kind.word) && scan.text[start] !== '_') start += 1;
  while (end > start && !is(scan, end - 1, kind.word)) end -= 1;
  scan.work.steps += start - from + to - end;
  return [start, end];
}
