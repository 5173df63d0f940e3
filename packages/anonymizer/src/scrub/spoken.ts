import { spend } from './budget.js';
import { asciiKinds, kind } from './characters.js';
import { reportValue } from './assignments.js';
import { commandFlag, dashesBefore } from './flags.js';
import { nameKind } from './names.js';
import { reportLooks } from './report-looks.js';
import { is, read, textBefore, type Detector, type Scan } from './scan.js';
import { tokenEnd } from './tokens.js';
import { isQuote } from './value-after.js';
import { hasTypedPart, isSecretValue, isUserName, looksSecret } from './values.js';
import { hidesText } from './opaque.js';

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const schemes = set('bearer basic digest negotiate ntlm token apikey hmac');
const secretWords = set(
  'password passwd passphrase passcode pwd pass pw secret token bearer requirepass masterauth apikey key credential ' +
    'credentials auth masterpass identified psk community',
);
// Words that also occur in other sentences.
const ambiguous = set('pass key auth token bearer credential credentials psk community');
const codeLead =
  /(?:verification|security|activation|recovery|backup|access|unlock|confirmation|time|login|2fa|mfa|otp|auth\w*) $/i;
const userCommands = set('chown useradd adduser userdel usermod runas deluser kinit user username login');
// The end of longer names, as in `bindPassword`.
const secretEnd = /(?:password|passwd|passphrase|secret|token|apikey|[a-z]pw|community)$/;
const pairForm =
  /^(\s{1,16})(\S{1,48})(\s{1,16}(?:privilege \d{1,2} )?(?:password|secret)\s{1,16}(?:\d{1,2} )?)(\S{4,64})[ \t]*(?:[\n\r]|$)/i;
// Settings on a line of their own, which are not words of a sentence.
const directive = /(?:^|[\n\r])[ \t]*(?:requirepass|masterauth|auth_pass|rootpw|bindpw)$/;
const restOfLine = /^\S{3,64}[ \t]*(?:[\n\r]|$)/;
const longestWord = 24;
const words = new Set([...schemes, ...secretWords, ...userCommands, 'code', 'publickey']);
// The last three characters of those words and of flags.
export const spokenEndings: readonly string[] = [
  ...[...words].map((word) => word.slice(-3).padStart(3)),
  ...[...'uapwlkcxhs'].map((flag) => ` -${flag}`),
  ...[...'-"_.abcdefghijklmnopqrstuvwxyz'].map((first) => `${first}pw`),
];

// The lengths of those words by their last two letters, a bit for each. Names that end in a word can be longer.
const lengths = new Uint32Array(1024);
for (const word of words) lengths[lastPair(word, word.length)]! |= 1 << word.length;
for (const end of 'rd wd se et en ey pw ty'.split(' ')) lengths[lastPair(end, 2)]! |= -1 << 6;

/** Returns true behind one of the words, behind a name that ends in one, and behind a possible flag. */
export function isSpoken(text: string, space: number): boolean {
  let start = space;
  while (
    start > 0 &&
    space - start < longestWord &&
    (asciiKinds[text.charCodeAt(start - 1)] ?? 0) & kind.alnum
  )
    start -= 1;
  if (start > 0 && '-_.'.includes(text[start - 1]!)) return true;
  if ((lengths[lastPair(text, space)]! & (1 << (space - start))) === 0) return false;
  const word = text.slice(start, space).toLowerCase();
  return words.has(word) || (word.length > 5 && secretEnd.test(word));
}

/** Returns the last two characters before a position, as five bits of each, which ignores case. */
function lastPair(text: string, end: number): number {
  return ((text.charCodeAt(end - 2) & 31) << 5) | (text.charCodeAt(end - 1) & 31);
}

/**
 * The text after a word and a space: `Bearer …`, `--password …`, `password is …`, `chown …`; looked for at the space.
 * Behind a word that is not a flag, only a text that looks like a secret.
 */
export const spoken: Detector = (scan, space, floor) => {
  let start = space;
  while (start > floor && space - start < longestWord && is(scan, start - 1, kind.alnum)) start -= 1;
  const word = read(scan, start, space).toLowerCase();
  const dashes = dashesBefore(scan, start, floor);
  const next = nextWord(scan, space);
  if (schemes.has(word)) {
    const found = scheme(scan, word, start, next);
    if (found !== undefined) return found;
  }
  if (dashes === 2 - word.length && word.length === 1) return commandFlag(scan, word, start, next, floor);
  if (dashes > 0 && !'-|&<>;'.includes(scan.text[next] ?? '-')) {
    const found = nameKind(read(scan, start - dashes, space));
    if (found !== undefined) return reportValue(scan, next, found === 'weak' ? 'secret' : found, floor);
  }
  if (/[_.]/.test(scan.text[start - 1] ?? ' ') && isQuote(scan.text[next])) {
    const [name] = /[\w.]*$/.exec(read(scan, start - longestWord, space))!;
    const found = nameKind(name);
    if (found === 'secret' || found === 'user') return reportValue(scan, next, found, floor);
  }
  if (/(?:pass|auth|pw)$/.test(word) && directive.test(read(scan, start - longestWord, space))) {
    if (restOfLine.test(read(scan, next, next + 80))) return reportValue(scan, next, 'secret', floor);
  }
  if (word === 'code')
    return codeLead.test(textBefore(scan, start, 16, floor))
      ? reportLooks(scan, next, floor, looksLikeCode, '@credentials:value')
      : floor;
  const loggedIn = /^(?:password|publickey)$/.test(word) ? userBehindFor(scan, space) : undefined;
  if (loggedIn !== undefined) return loggedIn;
  if (secretWords.has(word) || secretEnd.test(word))
    return reportLooks(scan, next, floor, looksSpoken, '@credentials:value', {
      quotedAlways: !ambiguous.has(word),
    });
  const paired = /^(?:user|username|login)$/.test(word) ? pair(scan, start, space) : undefined;
  if (paired !== undefined) return paired;
  if (
    userCommands.has(word) &&
    (nameKind(word) === undefined || scan.text[space] === '\t' || isOfUser(scan, start, floor))
  )
    return reportLooks(scan, flagsEnd(scan, next), floor, isUserName, '@credentials:username');
  return floor;
};

/** Finds a pair on a line of its own, or in an entry of netrc: `login alice password …`, also over two lines. */
function pair(scan: Scan, start: number, space: number): number | undefined {
  if (!/(?:^|[\n\r]|\bmachine \S+|\bdefault)\s*$/.test(scan.text.slice(Math.max(0, start - 80), start)))
    return undefined;
  spend(scan.work, 256);
  const [, lead, user, between, password] = pairForm.exec(scan.text.slice(space, space + 176)) ?? [];
  if (user === undefined || !isUserName(user) || !isSecretValue(password!)) return undefined;
  const from = space + lead!.length;
  const second = from + user.length + between!.length;
  scan.report(from, from + user.length, '@credentials:username');
  return scan.report(second, second + password!.length, '@credentials:value');
}

/** Returns true behind `for user`, `invalid user`: a name follows. */
function isOfUser(scan: Scan, start: number, floor: number): boolean {
  return /(?:for|invalid|illegal|as|by|authenticating|session \w{1,8} of) (?:the )?$/i.test(
    textBefore(scan, start, 24, floor),
  );
}

/** Returns the position after the flags of a command: `useradd -m …`, `chown -R …`. */
function flagsEnd(scan: Scan, next: number): number {
  spend(scan.work, 48);
  return next + /^(?:-{1,2}[\w-]{1,16}\s{1,4}){0,3}/.exec(scan.text.slice(next, next + 48))![0].length;
}

/**
 * Returns the next word that is not a filler: `password is …`, `password: …`, `IDENTIFIED BY …`,
 * `password for 'x' is …`, `password 7 …`, `password ---- …`.
 */
function nextWord(scan: Scan, space: number): number {
  spend(scan.work, 96);
  const lead =
    /^\s{1,16}(?:\\\r?\n\s{0,16})?(?:(?:(?:is |was |has been |will be )?(?:generated |created |set |changed )?for (?:the )?(?:user(?:name)? )?["'`]?[\w.@-]{1,32}["'`]?(?::? |$)(?=is |was |\S*\d)))?(?:(?:is|was|are|has been|will be|set|changed|to|by|as|default|local|remote|ascii-text|encrypted|md5|sha|\d{1,3}|[-=.>:<~]{2,8}|[|—–])[:\s]\s{0,8}){0,3}/i.exec(
      scan.text.slice(space, space + 96),
    )?.[0];
  return space + (lead?.length ?? 1);
}

function scheme(scan: Scan, word: string, start: number, next: number): number | undefined {
  const end = tokenEnd(scan, next);
  const value = scan.text.slice(next, end);
  const whole = end === scan.text.length && start <= 1;
  const found =
    word === 'bearer' ? isBearerToken(value, whole) : word === 'basic' ? isUserAndPassword(value) : false;
  if (!found && !looksSecret(value)) return undefined;
  return scan.report(next, end, `@credentials:${word}`);
}

function isBearerToken(value: string, whole: boolean): boolean {
  if (/^(?:auth[a-z]*|tokens?)$/i.test(value)) return false;
  return whole ? value !== '' : value.length >= 8 && (/\d/.test(value) || value.length >= 20);
}

function isUserAndPassword(value: string): boolean {
  return value.length >= 4 && /^[A-Za-z\d+/_-]+=*$/.test(value) && hidesText(value) && decodesToPair(value);
}

function decodesToPair(value: string): boolean {
  const body = value.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  return body.length % 4 !== 1 && atob(body).includes(':');
}

/** `Failed password for alice from …` of sshd. */
function userBehindFor(scan: Scan, space: number): number | undefined {
  const [, lead, user] =
    /^( for (?:(?:invalid|illegal) user )?)([\w.-]{1,32}) from\b/.exec(read(scan, space, space + 80)) ?? [];
  if (user === undefined || !isUserName(user)) return undefined;
  const start = space + lead!.length;
  return scan.report(start, start + user.length, '@credentials:username');
}

/** Returns true for a one-time number, and for groups of letters and digits. */
function looksLikeCode(value: string): boolean {
  return (
    /^\d{4,10}$/.test(value) ||
    /^(?=.*\d)[A-Z\d]{3,8}(?:-[A-Z\d]{3,8}){1,5}$/i.test(value) ||
    looksSpoken(value)
  );
}

/** Returns true for a likely secret in a sentence: only a digit distinguishes it from an emphasized or foreign word. */
function looksSpoken(value: string): boolean {
  return /\d/.test(value) && (looksSecret(value) || hasTypedPart(value));
}
