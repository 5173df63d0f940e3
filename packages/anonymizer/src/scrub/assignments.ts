import { spend } from './budget.js';
import { kind } from './characters.js';
import { nameKind, type NameKind } from './names.js';
import { after, before, read, upTo, type Detector, type Scan } from './scan.js';
import { isHostName, isSecretValue, isUserName, looksSecret } from './values.js';

// Wider than any name that is looked for.
const nameReach = 64;
const weakReach = 512;
const longestRest = 256;
const longestRefused = 128;
const encodedSeparator = /^%(?:25)*3[ad]/i;
const typeNames = /^(?:string|str|text|char|const|let|var|val|auto|is|was|to|as)$/i;

const rules: Readonly<Record<NameKind, string>> = {
  secret: '@credentials:value',
  weak: '@credentials:value',
  header: '@credentials:value',
  user: '@credentials:username',
  host: '@host',
};

interface Value {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/**
 * `password=…`, `"token": "…"`, `DB_PASS := …`, `<secret>…`, `Authorization: …`, `user: …`: the value goes, the name
 * stays; looked for at the separator.
 */
export const assignments: Detector = (scan, at, floor) => {
  const width = encodedSeparator.exec(scan.text.slice(at, at + 8))?.[0].length ?? 1;
  if (width === 1 && scan.text[at] === '%') return floor;
  if (scan.text[at] === '>' && !isElement(scan, at, floor)) return floor;
  const nameEnd = endOfName(scan, at, floor);
  const name = nameBefore(scan, nameEnd, floor);
  const found = nameKind(name) ?? (isValueName(name) ? kindOfNamed(scan, nameEnd, floor) : undefined);
  if (found === undefined) return comparedBefore(scan, at, floor);
  return reportValue(scan, at + width, found, floor);
};

/** `secret("…")` and `set("TOKEN", "…")`, looked for at the parenthesis or comma. */
export const callArguments: Detector = (scan, at, floor) => {
  const isCall = scan.text[at] === '(';
  if (!isCall && !isQuote(scan.text[at - 1])) return floor;
  const next = after(scan, at + 1, kind.space, at + 16);
  if (!isQuote(scan.text[next])) return floor;
  const found = nameKind(nameBefore(scan, endOfName(scan, at, floor), floor));
  if (found !== 'secret') return floor;
  return reportValue(scan, next, isCall ? found : 'weak', floor);
};

/** Reports the value from `from` on, when it is what its name says. */
export function reportValue(scan: Scan, from: number, found: NameKind, floor: number): number {
  const value = valueAfter(scan, from, found);
  const text = scan.text.slice(value.start, value.end);
  // A long text that is no value has nothing in it that is one, and is not read twice.
  if (value.end <= value.start || !fits(found, text))
    return value.end - from > longestRefused ? value.end : floor;
  scan.report(value.start, value.end, rules[found]);
  return value.end;
}

function fits(found: NameKind, text: string): boolean {
  if (found === 'weak') return looksSecret(text);
  if (found === 'host') return isHostName(text);
  return found === 'user' ? isUserName(text) : isSecretValue(text);
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'" || character === '`';
}

/** Where a name ends before a separator, its own operator, quotes and brackets left out. */
function endOfName(scan: Scan, separator: number, floor: number): number {
  const least = Math.max(floor, separator - nameReach);
  let end = separator;
  while (end > least && ':?.+!=|~'.includes(scan.text[end - 1]!)) end -= 1;
  end = before(scan, end, kind.space, least);
  while (end > least && '"\'`])\\'.includes(scan.text[end - 1]!)) end -= 1;
  if (end > least && scan.text[end - 1] === '[') end -= 1;
  return end;
}

/** The name that ends at a place; where that is the word of a type or a verb, the one before it. */
function nameBefore(scan: Scan, end: number, floor: number): string {
  const least = Math.max(floor, end - nameReach);
  const start = before(scan, end, kind.host | kind.word, least);
  const name = scan.text.slice(start, end);
  const spaceStart = before(scan, start, kind.space, least);
  if (spaceStart === start || spaceStart < start - 2) return name;
  const earlier = scan.text.slice(before(scan, spaceStart, kind.host | kind.word, least), spaceStart);
  if (typeNames.test(name)) return earlier;
  // Names of two words: `api key`, `User ID`.
  return /^(?:id|key|phrase|code|name|string|word|source)$/i.test(name) ? `${earlier}_${name}` : name;
}

/** Whether a `>` ends the beginning of an XML element whose end follows. */
function isElement(scan: Scan, at: number, floor: number): boolean {
  if (!/<[\w.:-]{1,64}$/.test(read(scan, Math.max(floor, at - nameReach - 1), at))) return false;
  return scan.text[upTo(scan, at + 1, '<', at + weakReach)] === '<';
}

function isValueName(name: string): boolean {
  return /^(?:value|val|content|default|data)$/i.test(name);
}

/** What `DB_PASSWORD` says in `name: DB_PASSWORD, value: …`. */
function kindOfNamed(scan: Scan, nameEnd: number, floor: number): NameKind | undefined {
  const written = read(scan, Math.max(floor, nameEnd - 160), nameEnd);
  const name = /(?:name|key|id|field)["']?\s*[:=]\s*["']?([\w.-]{1,64})["']?[\s,;]{1,40}["']?\w{1,8}$/i.exec(
    written,
  )?.[1];
  return name === undefined ? undefined : nameKind(name);
}

/** `"…" == password`: the value stands before. */
function comparedBefore(scan: Scan, at: number, floor: number): number {
  const { text } = scan;
  if (text[at] !== '=' || !/^[=]{0,2}\s?[\w.$-]/.test(text.slice(at + 1, at + 5))) return floor;
  const close = before(scan, text[at - 1] === '!' ? at - 1 : at, kind.space, floor) - 1;
  if (!isQuote(text[close])) return floor;
  const nameStart = after(scan, upTo(scan, at, ' ', at + 3), kind.space, at + 8);
  const nameEnd = after(scan, nameStart, kind.host | kind.word, nameStart + nameReach);
  if (nameKind(text.slice(nameStart, nameEnd)) !== 'secret') return floor;
  const least = Math.max(floor, close - weakReach);
  const open = read(scan, least, close).lastIndexOf(text[close]!);
  if (open < 0) return floor;
  scan.report(least + open + 1, close, '@credentials:value');
  return close;
}

function valueAfter(scan: Scan, from: number, found: NameKind): Value {
  const { text } = scan;
  let start = from;
  while ('=:>~'.includes(text[start] ?? ' ')) start += 1;
  start = after(scan, start, kind.space, start + 64);
  // The value stands on the next line, which is not that of another name.
  if (
    /[\n\r]/.test(text.slice(from, start)) &&
    /^(?:[-#<}\]]|[\w."-]+\s*[:=]\s)/.test(text.slice(start, start + 40))
  )
    return { start, end: start, quoted: false };
  const block = /^[|>][-+\d]?[ \t]*\r?\n\s{0,32}/.exec(text.slice(start, start + 40))?.[0];
  start += block?.length ?? 0;
  const prefix = /^(?:@|[rbuf]|\\)?(?=["'`])/i.exec(text.slice(start, start + 4))?.[0];
  // ODBC writes a value with a semicolon in it so.
  if (text[start - 1] === '=' && /^\{[^\s"'{}][^{}]*\}/.test(text.slice(start, start + 128)))
    return { start: start + 1, end: upTo(scan, start, '}'), quoted: true };
  start += prefix?.length ?? 0;
  if (isQuote(text[start])) return quoted(scan, start);
  const limit =
    found === 'weak' || found === 'user' || found === 'host'
      ? Math.min(text.length, start + weakReach)
      : text.length;
  return { start, end: unquotedEnd(scan, start, limit, from, found), quoted: false };
}

function quoted(scan: Scan, at: number): Value {
  const quote = scan.text[at]!;
  let end = at + 1;
  while (end < scan.text.length && scan.text[end] !== quote && !/[\n\r]/.test(scan.text[end]!)) {
    // A quote that is written `\"` inside a text that is itself quoted ends it.
    end += scan.text[end] === '\\' && (scan.text[at - 1] !== '\\' || scan.text[end + 1] !== quote) ? 2 : 1;
  }
  end = Math.min(end, scan.text.length);
  spend(scan.work, end - at);
  if (scan.text[end - 1] === '\\' && scan.text[end] === quote) end -= 1;
  return { start: at + 1, end, quoted: true };
}

function unquotedEnd(scan: Scan, start: number, limit: number, from: number, found: NameKind): number {
  const { text } = scan;
  const ends =
    found === 'user' || found === 'host'
      ? '\n\r"\'` \t,;&<)'
      : found === 'header'
        ? `\n\r${quoteAround(scan, from)}`
        : '\n\r"\'` \t<';
  let end = upTo(scan, start, ends, limit);
  // Only a closing tag ends a password that has such a sign in it.
  while (text[end] === '<' && text[end + 1] !== '/' && end < limit) end = upTo(scan, end + 1, ends, limit);
  if (found === 'secret' && beginsLine(scan, from)) {
    const line = upTo(scan, end, '\n\r', end + longestRest);
    if (goesOn(text.slice(end, line))) end = line;
  }
  return trimmed(text, start, end);
}

/** The quote in which a header stands with its name, or none. */
function quoteAround(scan: Scan, separator: number): string {
  const start = before(scan, separator - 1, kind.word | kind.host, Math.max(0, separator - nameReach));
  return isQuote(scan.text[start - 1]) ? scan.text[start - 1]! : '';
}

/** Leaves out what closes a text around the value: a bracket that it does not open, a comma. */
function trimmed(text: string, start: number, end: number): number {
  const value = text.slice(start, end);
  const closers = ['()', '[]', '{}']
    .flatMap(([open, close]) => (value.includes(open!) ? [] : close!))
    .join('');
  let last = end;
  while (last > start && `\\,; \t${closers}`.includes(text[last - 1]!)) last -= 1;
  return last;
}

/** Whether the rest of a line is more words of the value, and not the next setting, flag or element. */
function goesOn(rest: string): boolean {
  return rest.length < longestRest && /^[ \t]+[^\s"'`#/-]/.test(rest) && !/[=<>]|\w:/.test(rest);
}

function beginsLine(scan: Scan, separator: number): boolean {
  const lead = read(scan, Math.max(0, separator - nameReach), separator);
  const line = lead.slice(Math.max(lead.lastIndexOf('\n'), lead.lastIndexOf('\r')) + 1);
  return /^\s*(?:-\s+|export\s+|set\s+)?["']?[\p{L}\p{N}_.-]+["']?\s*\S{0,3}\s*$/u.test(line);
}
