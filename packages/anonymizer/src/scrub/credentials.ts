import { after, before, is, kind, type Rule, type Scan } from './scan.js';
import { tokenEnd } from './tokens.js';
import { ignorables, unicode } from './lazy.js';

const secretNames: readonly string[] = (
  'password passwd passphrase pwd secret token bearer apikey accesskey accesskeyid accountkey secretkey ' +
  'privatekey signingkey encryptionkey masterkey hmac credential credentials connectionstring'
).split(' ');
const letterOrDigit = unicode(String.raw`[\p{L}\p{N}]`);
// Their values are made of several words.
const headerNames: readonly string[] = ['authorization', 'cookie'];
// Wider than any name above with its separators.
const nameReach = 40;
// Printed in a program's documentation, and copied from there into configurations: no secret.
const published: ReadonlySet<string> = new Set(['auth_asKXRhIMplM7El1JENjrotGouS1LYRdL']);

/** `password=…`, `"token": "…"`, `DB_PASS: …`, `Authorization: …`: the value goes, the name stays. */
export const assignments: Rule = (scan, report) => {
  const { text } = scan;
  for (let at = 0; at < text.length; at += 1) {
    const width = separatorWidth(text, at);
    if (width === 0) continue;
    const name = nameBefore(scan, at);
    const header = headerNames.some((ending) => name.endsWith(ending));
    if (!header && !isSecret(name)) continue;
    const [start, end] = valueAfter(scan, at + width, header);
    const value = text.slice(start, end);
    if (!(scan.ascii ? /[a-z\d]/i : letterOrDigit()).test(value)) continue;
    // A switch, such as `accessControlAllowCredentials: true`, is no secret.
    if (!/^(?:true|false|(?:(?:bearer|basic|token|digest)\s+)?xxxx)$/i.test(value))
      report(start, end, '@credentials:value');
    at = end - 1;
  }
  scan.work.steps += text.length;
};

/** `Bearer …` and `Basic …` where no name stands before. */
export const schemes: Rule = (scan, report) => {
  const { text } = scan;
  for (let at = 0; at < text.length; at += 1) {
    if (!is(scan, at, kind.space)) continue;
    const scheme = schemeBefore(text, at);
    const start = after(scan, at, kind.space);
    at = start - 1;
    if (scheme === undefined) continue;
    const end = tokenEnd(scan, start);
    const value = text.slice(start, end);
    const whole = end === text.length && at + 1 - scheme.length <= 8;
    if (scheme === 'basic' ? isUserAndPassword(value) : isBearerToken(value, whole)) {
      report(start, end, `@credentials:${scheme}`);
    }
    at = Math.max(at, end - 1);
  }
  scan.work.steps += text.length;
};

function schemeBefore(text: string, end: number): string | undefined {
  // A sentence has many spaces, and few words before them that end like this.
  if (!/[cr]/i.test(text[end - 1] ?? ' ')) return undefined;
  return /(?<![\w-])(?:bearer|basic)$/i.exec(text.slice(Math.max(0, end - 7), end))?.[0].toLowerCase();
}

function separatorWidth(text: string, at: number): number {
  const character = text[at];
  if (character === '=' || character === ':') return 1;
  return character === '%' && /^%3[ad]/i.test(text.slice(at, at + 3)) ? 3 : 0;
}

function isSecret(name: string): boolean {
  // `bypass` and `compass` are other words.
  return secretNames.some((ending) => name.endsWith(ending)) || /(?:^|[^a-z])pass$/.test(name);
}

/** The last letters of the name before a separator, in lower case and without its own separators. */
function nameBefore(scan: Scan, separator: number): string {
  const floor = Math.max(0, separator - nameReach);
  let end = before(scan, separator, kind.space, floor);
  if (/["'\]]/.test(scan.text[end - 1] ?? ' ')) end -= 1;
  if (/["'\\]/.test(scan.text[end - 1] ?? ' ')) end -= 1;
  const start = before(scan, end, kind.host | kind.word, floor);
  const written = scan.text.slice(start, end);
  const name = scan.ascii ? written : written.replace(ignorables(), '');
  // `_pass` and `-pass` keep their mark: `bypass` is another word.
  return name.toLowerCase().replace(/[-_.](?!pass$)/g, '');
}

function valueAfter(scan: Scan, from: number, header: boolean): [number, number] {
  const { text } = scan;
  let start = from;
  while (/[=:>~]/.test(text[start] ?? ' ')) start += 1;
  while (/[ \t]/.test(text[start] ?? 'x')) start += 1;
  if (text[start] === '\\') start += 1;
  const quote = /["'`]/.test(text[start] ?? ' ') ? text[start] : undefined;
  if (quote !== undefined) start += 1;
  let end = start;
  while (end < text.length && !endsValue(scan, end, quote, header)) end += 1;
  scan.work.steps += end - from + 1;
  while (end > start && /[\\,;)\]}]/.test(text[end - 1]!)) end -= 1;
  return [start, end];
}

function endsValue(scan: Scan, at: number, quote: string | undefined, header: boolean): boolean {
  const character = scan.text[at]!;
  if (/[\n\r]/.test(character)) return true;
  if (quote !== undefined) return character === quote;
  return /["'`]/.test(character) || (!header && is(scan, at, kind.space));
}

function isBearerToken(value: string, whole: boolean): boolean {
  if (value === 'xxxx' || published.has(value)) return false;
  return whole ? value !== '' : value.length >= 8 && (/\d/.test(value) || value.length >= 20);
}

function isUserAndPassword(value: string): boolean {
  if (value.length < 4 || !/^[A-Za-z\d+/_-]+=*$/.test(value)) return false;
  return Buffer.from(value, 'base64').includes(':');
}
