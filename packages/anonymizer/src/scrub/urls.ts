import { spend } from './budget.js';
import { kind } from './characters.js';
import { unicode } from './lazy.js';
import { after, is, read, textBefore, withoutEnd, type Detector, type Scan } from './scan.js';

const withoutAuthority =
  /(?:acct|bitcoin|callto|cid|doi|ethereum|facetime|feed|file|geo|ircs?|lightning|litecoin|magnet|mailto|matrix|mid|news|nntp|sips?|sms|skype|tel|xmpp)$/i;
const dataType = /^[\w.+-]{1,32}\/[\w.+-]{1,64}[;,]/;
const endOfWord = unicode(String.raw`[\p{L}\p{N}]$`);
const encodedColon = /^(?:\[:|%(?:25)*3a|[:\uff1a][/%\\\uff0f])/i;
const encodedSlashes =
  /^(?!:\/\/)(?:\[:\]\/\/|\[:\/\/\]|(?:%(?:25)*3a|[:\uff1a])(?:%(?:25)*2f|[/\uff0f]|\\+\/|\\+u002f){2})/i;
const closing: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const trailing = ".,;:!?'*\\\u2026\u3001\u3002\uff0c\uff01\uff1f\uff1b\uff1a\u2019\u201d\u00bb";

/**
 * `scheme://…` with any scheme, and the schemes that do without slashes; looked for at the colon, or at the `%` of an
 * encoded one.
 */
export const urls: Detector = (scan, colon, floor) => {
  const mayEncode =
    !scan.text.startsWith('://', colon) && encodedColon.test(scan.text.slice(colon, colon + 24));
  const encoded = mayEncode ? encodedSlashes.exec(read(scan, colon, colon + 40))?.[0] : undefined;
  const slashes = encoded !== undefined || scan.text.startsWith('//', colon + 1);
  const known = encoded === undefined ? knownSchemeStart(scan, colon) : undefined;
  const start = slashes ? schemeStart(scan, colon, floor) : known;
  if (start === undefined || start < floor) return floor;
  const from = colon + (encoded?.length ?? (known === undefined ? 3 : 1));
  const end = urlEnd(scan, from);
  // RFC 6068 allows both parts of an address to be empty; this counts only if the text has nothing else.
  const isEmpty = end === from && !(end === scan.text.length && /^mailto:$/i.test(scan.text));
  if (isEmpty || (closing.has(scan.text[from]!) && /^[([{]+$/.test(scan.text.slice(from, end)))) return floor;
  return scan.report(start, end, '@url');
};

/**
 * Returns the end of a URL that was read up to `from`. Brackets belong to it while they are balanced, punctuation that
 * ends a sentence does not.
 */
export function urlEnd(scan: Scan, from: number): number {
  const open: string[] = [];
  let at = from;
  for (; at < scan.text.length; at += 1) {
    if (is(scan, at, kind.url)) continue;
    const character = scan.text[at]!;
    const closer = closing.get(character);
    if (closer !== undefined) open.push(closer);
    else if (open.length === 0 || open.pop() !== character) break;
  }
  spend(scan.work, at - from + 1);
  return withoutEnd(scan, from, at, trailing);
}

/** Returns the end of a host's port, path, query and fragment; the host ends at `from`. */
export function hostTailEnd(scan: Scan, from: number): number {
  let at = from;
  if (scan.text[at] === ':') {
    const port = after(scan, at + 1, kind.digit);
    // Text after the colon that is not a port is a path, as in `git@host:team/project`.
    if (port === at + 1) return is(scan, port, kind.word) || scan.text[port] === '/' ? urlEnd(scan, at) : at;
    // In `10.1.2.3:10.1.2.4` the second part is not a port.
    if (scan.text[port] === '.' && is(scan, port + 1, kind.digit)) return from;
    at = port;
  }
  return /[/?#%\\@]/.test(scan.text[at] ?? '') ? Math.max(at, urlEnd(scan, at)) : at;
}

function schemeStart(scan: Scan, colon: number, floor: number): number | undefined {
  let start = colon;
  while (start > floor && isInScheme(scan.text.charCodeAt(start - 1))) start -= 1;
  spend(scan.work, colon - start + 1);
  while (start < colon && !isSchemeLetter(scan.text.charCodeAt(start))) start += 1;
  return start < colon ? start : undefined;
}

function isInScheme(code: number): boolean {
  return isSchemeLetter(code) || (code < 58 && (code > 47 || code === 43 || code === 45 || code === 46));
}

/** Returns true for a letter of ASCII, or one of its full-width forms, between which there are a few signs. */
function isSchemeLetter(code: number): boolean {
  const small = code | 32;
  return (small >= 97 && small <= 122 && code < 128) || (code >= 0xff21 && code <= 0xff5a);
}

function knownSchemeStart(scan: Scan, colon: number): number | undefined {
  const before = textBefore(scan, colon, 10);
  if (scan.text[colon + 1] === ':') return undefined;
  const isWhole = scan.text.startsWith('//', colon + 1);
  const name = withoutAuthority.exec(before)?.[0] ?? (isWhole ? undefined : webSchemeOf(scan, before, colon));
  if (name === undefined) return undefined;
  const start = colon - name.length;
  return endOfWord().test(scan.text.slice(Math.max(0, start - 2), start)) ? undefined : start;
}

/** `http:/host` and `http:host`: misspelled, but accepted by browsers. */
function webSchemeOf(scan: Scan, before: string, colon: number): string | undefined {
  const rest = scan.text.slice(colon + 1, colon + 100);
  if (/data$/i.test(before) && dataType.test(rest)) return before.slice(-4);
  if (!/^(?:\/[a-z]|\\{1,4}[a-z\d]|[a-z][\w-]{3})/i.test(rest)) return undefined;
  return /(?:https?|hxxps?|wss?|ftps?)$/i.exec(before)?.[0];
}

/** Returns the start of a host, with the user information before it. */
export function userStart(scan: Scan, host: number): number {
  return scan.text[host - 1] === '@' ? userInfoStart(scan, host - 1, scan.reported) : host;
}

/** Returns the start of the user information before the `@` of a host. */
export function userInfoStart(scan: Scan, at: number, floor: number): number {
  let start = at;
  while (start > floor && is(scan, start - 1, kind.url) && scan.text[start - 1] !== '/') start -= 1;
  spend(scan.work, at - start + 1);
  const text = scan.text.slice(start, at);
  // Without a password in it, the name of a parameter or a list may come before.
  if (!text.includes(':'))
    start += Math.max(...['=', '&', ',', ';'].map((mark) => text.lastIndexOf(mark))) + 1;
  while (start < at && /['*,;=&!$#]/.test(scan.text[start]!)) start += 1;
  return start;
}
