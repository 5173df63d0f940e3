import { kind } from './characters.js';
import { endsNameOfSecret, firstNameKind, nameKind, type NameKind } from './names.js';
import { after, before, read, upTo, textBefore, type Detector, type Scan } from './scan.js';
import { elementStart, kindOfElement } from './elements.js';
import { reportLooks } from './report-looks.js';
import { hostList } from './host-lists.js';
import { sudoUser } from './spoken-hosts.js';
import { htmlQuote, isQuote, nameReach, valueAfter } from './value-after.js';
import {
  hasTypedPart,
  isCommon,
  isHostName,
  isSecretValue,
  isUserName,
  looksLikeHost,
  looksSecret,
} from './values.js';

// The longest value before its name, or inside an element.
const reach = 512;
const longestRefused = 128;
const equals = 61;
// The characters between a name and its separator.
const around: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) =>
  ':?.+!=|~* \t\n\r"\'`])\\['.includes(String.fromCharCode(code)) ? 1 : 0,
);
const encodedSeparator = /^%(?:25)*3[ad]/i;
const quotedBehind = /^["']?\s?[:=]\s?["']/;
const nameBehind =
  /^["']?\s?[:=]\s?["'][^"'\n]{1,128}["'][\s,;]{1,8}["']?(?:name|key|id)["']?\s?[:=]\s?["']?([\w.-]{1,64})/i;
// A name beside an e-mail address is a person's.
const mailBehind = /^[:=]\s?["']?[^"'\n,=:]{2,64}["']?[,;]?\s{1,16}["']?e?-?mail["']?\s?[:=]/i;
const typeNames = /^(?:string|str|text|char|const|let|var|val|auto|is|was|to|as|provided|supplied|given)$/i;
// The text before the `P` of a network's code, `;P:…;`, or of a flag, `/p:…`.
const shortName = /(?:^|[\s;]|(?:^|[\s"'`])\/)$/;

// `auth=("alice", "…")`, `login(url, "alice", "…")`, up to the comma before the next text.
const credentialCall =
  /(?:auth|log_?in|sign_?in|credentials?|connect(?:ion)?|mysqli|authenticate|values|directoryentry|dsobject)\s?=?\s?\((?:[\w.]{1,32},\s?)?(?:["'`][^"'`]{0,64}["'`],?\s?){1,4}$/i;

const rules: Readonly<Record<NameKind, string>> = {
  secret: '@credentials:value',
  weak: '@credentials:value',
  header: '@credentials:value',
  user: '@credentials:username',
  host: '@host',
  'weak-host': '@host',
};

/**
 * `password=…`, `"token": "…"`, `DB_PASS := …`, `<secret>…`, `Authorization: …`, `user: …`: the value is replaced, the
 * name stays; looked for at the separator.
 */
export const assignments: Detector = (scan, at, floor) => {
  const width = encodedSeparator.exec(scan.text.slice(at, at + 8))?.[0].length ?? 1;
  if (scan.text[at] === '%' && (width === 1 || !mayAssign(scan.text, at))) return floor;
  if (scan.text[at] === '>') {
    const start = elementStart(scan, at, floor);
    const found = start === undefined ? undefined : kindOfElement(scan, start, at, floor);
    return found === undefined ? floor : reportValue(scan, at + 1, found, floor);
  }
  const nameEnd = endOfName(scan, at, floor);
  const name = nameBefore(scan, nameEnd, floor);
  if (/^p$/i.test(name) && shortName.test(read(scan, Math.max(0, nameEnd - 3), nameEnd - 1)))
    return reportLooks(scan, at + width, floor, hasTypedPart, rules.secret, { ends: ';' });
  if (name === 'TTY') return sudoUser(scan, nameEnd, floor);
  const found =
    nameKind(name) ??
    (isValueName(name) && !isInOperator(scan, at) ? kindOfNamed(scan, nameEnd, floor) : undefined);
  if (found === undefined && /^name$/i.test(name) && mailBehind.test(read(scan, at, at + 128)))
    return reportValue(scan, at + width, 'user', floor);
  if (found === undefined) return comparedBefore(scan, at, floor);
  return reportValue(scan, at + width, found, floor);
};

/** Returns true in `… || '…'` and `… ?? "…"`, behind what may be a name. */
export function isDefault(text: string, at: number): boolean {
  return isQuote(text[at + 2] === ' ' ? text[at + 3] : text[at + 2]) && mayAssign(text, at);
}

/** Returns false if the text before a separator certainly names nothing, which is faster than reading it. */
export function mayAssign(text: string, at: number): boolean {
  const least = Math.max(0, at - nameReach);
  let end = at;
  while (end > least && around[text.charCodeAt(end - 1)] === 1) end -= 1;
  if (endsNameOfSecret(text, least, end)) return true;
  if (text.charCodeAt(at) !== equals) return false;
  // A quoted text may be a value that is compared with what follows.
  while (end < at && !isQuote(text[end])) end += 1;
  return end < at;
}

/** `secret("…")` and `set("TOKEN", "…")`, looked for at the parenthesis, or at the quote before the comma. */
export const callArguments: Detector = (scan, trigger, floor) => {
  const isCall = scan.text[trigger] === '(';
  const at = isCall ? trigger : trigger + 1;
  const next = after(scan, at + 1, kind.space, at + 16);
  if (!isQuote(scan.text[next])) return floor;
  if (!isCall) {
    const lead = textBefore(scan, at, 128, floor);
    if (lead.includes('(') && credentialCall.test(lead))
      return reportLooks(scan, next, floor, looksSecret, rules.secret);
  }
  const found = nameKind(nameBefore(scan, endOfName(scan, at, floor), floor));
  if (found !== 'secret') return floor;
  const end = reportValue(scan, next, isCall ? found : 'weak', floor);
  // `new NetworkCredential("user", "…")`
  const second = /^["'`]\s?,\s{0,4}(?=["'`])/.exec(scan.text.slice(end, end + 8))?.[0];
  return isCall && end > next && second !== undefined
    ? reportValue(scan, end + second.length, found, end)
    : end;
};

/** Reports the value that starts at `from`, if it is of the kind that its name says. */
export function reportValue(scan: Scan, from: number, found: NameKind, floor: number): number {
  if (found.endsWith('host')) {
    const listEnd = hostList(scan, from);
    if (listEnd !== undefined) return listEnd;
  }
  const seen = valueAfter(scan, from, found);
  const text = scan.text.slice(seen.start, seen.end);
  // The next word continues the sentence.
  const fit =
    found === 'host' && /^ [a-z]+(?:[ .,]|$)/i.test(scan.text.slice(seen.end, seen.end + 24))
      ? 'weak-host'
      : found;
  // A long text that is not a value contains none either, so it is not read twice.
  if (
    seen.end <= seen.start ||
    !(fits(fit, text) || (found === 'weak-host' && isInConnection(scan, text, from, seen.end)))
  )
    return seen.end - from > longestRefused ? seen.end : floor;
  // A long value is read to its end, since its remainder would be taken for the next value in each round.
  const value = seen.end - from > longestRefused ? valueAfter(scan, from, found, true) : seen;
  scan.report(value.start, value.end, rules[found]);
  // `alice / …`
  const beside =
    found === 'user' ? /^ ?\/ ?(?=\S)/.exec(scan.text.slice(value.end, value.end + 4))?.[0] : undefined;
  if (beside === undefined) return value.end;
  return reportLooks(scan, value.end + beside.length, value.end, hasTypedPart, rules.secret);
}

function fits(found: NameKind, text: string): boolean {
  if (found === 'weak') return looksSecret(text);
  if (found === 'host') return isHostName(text);
  if (found === 'weak-host') return looksLikeHost(text);
  return found === 'user' ? isUserName(text) : isSecretValue(text);
}

/** Returns true if a host's name is in a connection string: `Server=db;Port=…`, `(HOST=db)(PORT=…)`. */
function isInConnection(scan: Scan, value: string, from: number, end: number): boolean {
  if (!/^(?:tcp:)?[a-z][\w-]{1,62}(?:\\\w{1,64})?$/i.test(value) || isCommon(value)) return false;
  if (end === scan.text.length && /;[a-z ]{1,24}=$/i.test(read(scan, from - 26, from))) return true;
  return /^(?:,\d{2,5})?\s?;\s?[a-z][\w ]{1,24}=|^\)\s?\(\s?port|^ (?:port|dbname|database|user|password)\s?=/i.test(
    scan.text.slice(end, end + 40),
  );
}

/** Returns the end of a name before a separator, without its operator, quotes and brackets. */
function endOfName(scan: Scan, separator: number, floor: number): number {
  const least = Math.max(floor, separator - nameReach);
  let end = separator;
  while (end > least && ':?.+!=|~*'.includes(scan.text[end - 1]!)) end -= 1;
  end = before(scan, end, kind.space, least);
  if (scan.text.startsWith(htmlQuote, end - htmlQuote.length)) end -= htmlQuote.length;
  while (end > least && '"\'`])\\*'.includes(scan.text[end - 1]!)) end -= 1;
  if (end > least && scan.text[end - 1] === '[') end -= 1;
  return end;
}

/** Returns the name that ends at a position; if that is the word of a type or a verb, the one before it. */
function nameBefore(scan: Scan, end: number, floor: number): string {
  const least = Math.max(floor, end - nameReach);
  const start = before(scan, end, kind.host | kind.word, least);
  const name = scan.text.slice(start, end);
  // `password[0]`; reads no further back than for any name.
  if (/^\d+$/.test(name) && scan.text[start - 1] === '[') return nameBefore(scan, start - 1, least);
  // `secret: &str = …`
  if (typeNames.test(name)) {
    const typed = /([\w$.-]{1,48})\??:\s?[&*]?$/.exec(scan.text.slice(least, start))?.[1];
    if (typed !== undefined) return typed;
  }
  const spaceStart = before(scan, start, kind.space, least);
  if (spaceStart === start || spaceStart < start - 2) return name;
  const earlier = scan.text.slice(before(scan, spaceStart, kind.host | kind.word, least), spaceStart);
  if (typeNames.test(name)) return earlier;
  // Names of two words: `api key`, `User ID`.
  return /^(?:id|key|phrase|codes?|name|string|word|source|address|answer)$/i.test(name)
    ? `${earlier}_${name}`
    : name;
}

/** Returns true behind the first sign of an operator, at which the same name was looked at. */
function isInOperator(scan: Scan, at: number): boolean {
  return ':='.includes(scan.text[at - 1] ?? ' ');
}

function isValueName(name: string): boolean {
  return /^(?:\w{0,16}value|val|content|default|data)$/i.test(name);
}

/**
 * Returns the kind of `DB_PASSWORD` in `name: DB_PASSWORD, value: …`, or the other way round, and in
 * `DB_PASSWORD: { value: … }`.
 */
function kindOfNamed(scan: Scan, nameEnd: number, floor: number): NameKind | undefined {
  const written = textBefore(scan, nameEnd, 160, floor);
  const [, listed, opened, tag] =
    /(?:(?:name|key|id|field|type)["']?\s*[:=]\s*["']?([\w.-]{1,64})["']?[\s,;]{1,40}(?:["']?value["']?\s?[:=]\s?\{\s{0,8})?|["']?([\w.-]{1,64})["']?\s?[:=]\s?\{\s{0,8}|<([\w.-]{1,64})\s{1,4})["']?\w{1,24}$/i.exec(
      written,
    ) ?? [];
  const behind = quotedBehind.test(scan.text.slice(nameEnd, nameEnd + 5))
    ? nameBehind.exec(read(scan, nameEnd, nameEnd + 256))?.[1]
    : undefined;
  return firstNameKind([listed, opened, tag, behind]);
}

/** `"…" == password`: the value is before the name. */
function comparedBefore(scan: Scan, at: number, floor: number): number {
  const { text } = scan;
  if (text[at] !== '=') return floor;
  const close = before(scan, text[at - 1] === '!' ? at - 1 : at, kind.space, floor) - 1;
  if (!isQuote(text[close]) || !/^[=]{0,2}\s?[\w.$-]/.test(text.slice(at + 1, at + 5))) return floor;
  const nameStart = after(scan, upTo(scan, at, ' ', at + 3), kind.space, at + 8);
  const nameEnd = after(scan, nameStart, kind.host | kind.word, nameStart + nameReach);
  if (nameKind(text.slice(nameStart, nameEnd)) !== 'secret') return floor;
  const least = Math.max(floor, close - reach);
  const open = read(scan, least, close).lastIndexOf(text[close]!);
  if (open < 0) return floor;
  return scan.report(least + open + 1, close, '@credentials:value');
}
