import { textBefore, type Scan } from './scan.js';

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]\\d|\\d)';
const address = new RegExp(
  `(?<![a-z\\d])${octet}(?:\\.${octet}){3}(?![a-z\\d])|^(?:x|ip)${octet}(?:\\.${octet}){3}(?![a-z\\d])`,
);
// In octal and hexadecimal, as `inet_aton` reads them. Few names need this expression, and compiling it takes six times
// as long as compiling the one above.
const loose = `(?:0x[\\da-f]{1,2}|0\\d{1,10}|${octet})`;
const looseAddress = new RegExp(`(?<![a-z\\d])${loose}(?:\\.${loose}){3}(?![a-z\\d])`);
const looseOctet = /(?<![a-z\d])0[x\d]/;
const numbers = /\d\.\d|\d\.x|0x/;
// `0x7f.1`, `192.0x1`: fewer parts, of which one is hexadecimal.
const mixed =
  /(?<![a-z\d.])(?:(?:0x[\da-f]{1,8}|\d{1,3})\.){1,2}0x[\da-f]{1,6}(?![a-z\d.])|(?<![a-z\d.])0x[\da-f]{1,8}(?:\.\d{1,8}){1,2}(?![a-z\d.])/;
const short = /^127(?:\.0)?\.\d{1,3}$/;
const dashed = new RegExp(
  `(?<![a-z\\d])(?:[a-z][a-z\\d]{1,7}(?:-${octet}){4}|(?:127|172|192)(?:-${octet}){3}|10(?:-${octet}){3}(?=\\.[a-z]))(?![a-z\\d-])|(?<![a-z\\d])ip(?:-${octet}){4}(?![a-z\\d])`,
);
const twoOctets = new RegExp(`(?<![\\w.])(?:[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])\\.${octet}$`);
const threeOctets = new RegExp(`(?<![\\w.])(?:[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])(?:\\.${octet}){2}$`);

const masked = new RegExp(
  `(?<![\\w.])(?:[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])(?:\\.${octet}){1,2}(?:\\.x+){1,2}$`,
);

const mac =
  /(?<![\da-z])(?:[\da-f]{2}(?:([-_])[\da-f]{2})(?:\1[\da-f]{2}){4}(?:\1[\da-f]{2}){0,2}|[\da-f]{4}([-.])[\da-f]{4}\2[\da-f]{4}(?:\2[\da-f]{4})?|[\da-f]{6}-[\da-f]{6}|[\da-f]{2}(?:\.[\da-f]{2}){5})(?![\da-z])/;

/** Returns the rule for an IPv4 or hardware address in a lower-case name, in any of their written forms. */
export function addressRule(name: string): string | undefined {
  const dots = dotsIn(name);
  if (dots >= 3 && numbers.test(name) && isAddress(name)) return '@ip:v4';
  if (dots > 0 && dots < 3 && name.includes('0x') && mixed.test(name)) return '@ip:v4';
  if (dots > 0 && name.startsWith('127.') && short.test(name)) return '@ip:v4';
  if (name.includes('-') && dashed.test(name)) return '@ip:v4';
  return name.length >= 13 && (dots >= 2 || /[-_]/.test(name)) && isMac(name) ? '@mac' : undefined;
}

function isAddress(name: string): boolean {
  return address.test(name) || (looseOctet.test(name) && looseAddress.test(name)) || masked.test(name);
}

function dotsIn(name: string): number {
  let dots = 0;
  for (let at = name.indexOf('.'); at >= 0; at = name.indexOf('.', at + 1)) dots += 1;
  return dots;
}

/** Returns the end of an address whose last part is a pattern, such as `10.1.2.*`; 0 if there is none. */
export function wildcardEnd(scan: Scan, start: number, end: number): number {
  if (scan.text[end] !== '.') return 0;
  const pattern = /^\.(?:\*(?:\.\*)?|\[[\d,-]{1,16}\]|\{[\d,.]{1,16}\})/.exec(scan.text.slice(end, end + 20));
  if (pattern === null) return 0;
  return (pattern[0] === '.*.*' ? twoOctets : threeOctets).test(textBefore(scan, end, 16, start))
    ? end + pattern[0].length
    : 0;
}

function isMac(name: string): boolean {
  const found = mac.exec(name)?.[0];
  // Pairs of digits are an address, groups of four or six of them may be a date or a version.
  return found !== undefined && (/[a-f]/.test(found) || /^\d\d[-_]\d\d[-_]/.test(found));
}
