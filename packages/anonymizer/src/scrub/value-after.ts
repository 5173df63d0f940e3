import { spend } from './budget.js';
import { kind } from './characters.js';
import { unicode } from './lazy.js';
import type { NameKind } from './names.js';
import { after, before, is, read, upTo, textBefore, withoutEnd, type Scan } from './scan.js';

/** How HTML writes a quote. */
export const htmlQuote = '&quot;';
/** Longer than any name that is searched for. */
export const nameReach = 64;
// An uncertain value, and the remainder of a line, are read no further than this.
const weakReach = 512;
const longestRest = 256;
const longestList = 1024;
const longestSpace = 32;
const namedItem = /^- ["']?[\w.-]{1,64}["']?\s?[:=](?:\s|$)/;

interface Value {
  readonly start: number;
  readonly end: number;
}

/** Returns true if a character is a quote. */
export function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'" || character === '`';
}

/** Reads the value after a separator: quoted, in braces, on the next line, or as far as an unquoted one goes. */
export function valueAfter(scan: Scan, from: number, found: NameKind, whole = false): Value {
  const { text } = scan;
  const reach = whole ? text.length : weakReach;
  let start = from;
  while ('=:>~*|?'.includes(text[start] ?? ' ')) start += 1;
  start = after(scan, start, kind.space, start + 64);
  if (start === from && closesLabel(scan, from)) return { start, end: start };
  const list = listAt(scan, from, start, found, whole);
  if (list !== undefined) return list;
  // The value is on the next line, unless that line has a name of its own.
  if (
    /[\n\r]/.test(text.slice(from, start)) &&
    /^(?:[-#<}\]]|[\w."-]+\s*[:=]\s)/.test(text.slice(start, start + 40))
  )
    return { start, end: start };
  const block = /^[|>][-+\d]?[ \t]*\r?\n\s{0,32}/.exec(text.slice(start, start + 40))?.[0];
  start += block?.length ?? 0;
  // `logname= uid=0` is empty.
  if (
    found !== 'secret' &&
    start > from &&
    text[from - 1] === '=' &&
    /^[a-z][\w.-]{0,24}=(?:\s|[^=\s])/i.test(text.slice(start, start + 32))
  )
    return { start, end: start };
  const prefix =
    /^(?:(?:new \w{1,24}|String::from|Some|Buffer\.from|str|md5|sha\d*|crypt|hash|password)\(|@|\$|[rbufn]|\\{1,7})?(?=["'`])/i.exec(
      text.slice(start, start + 30),
    )?.[0];
  // ODBC writes a value with a semicolon in braces.
  if (text[start - 1] === '=' && /^\{[^\s"'{}][^{}]*\}/.test(text.slice(start, start + 128)))
    return { start: start + 1, end: upTo(scan, start, '}') };
  start += prefix?.length ?? 0;
  if (text.startsWith(htmlQuote, start)) {
    start += htmlQuote.length;
    return { start, end: upTo(scan, start, '&\n', start + reach) };
  }
  if (isQuote(text[start])) return tripled(scan, start) ?? quoted(scan, start);
  const limit =
    found === 'weak' || found === 'user' || found.endsWith('host')
      ? Math.min(text.length, start + reach)
      : text.length;
  const end = unquotedEnd(scan, start, limit, from, found);
  // `getProperty("…")` is read elsewhere.
  const isCall = isQuote(text[end]) && /^[A-Za-z_$][\w$.:]{0,63}\($/.test(text.slice(start, end));
  return { start, end: isCall ? start : end };
}

/** Returns true in `"Password:", …`: the quote closes the text of the name. */
function closesLabel(scan: Scan, from: number): boolean {
  const { text } = scan;
  return (
    /^["'`](?:[,;)\]}]|$)/.test(text.slice(from, from + 2)) &&
    is(scan, from - 2, kind.word) &&
    quoteAround(scan, from) === text[from]
  );
}

/** Reads a whole list: `["…", "…"]`, or lines that begin with a hyphen. */
function listAt(scan: Scan, from: number, start: number, found: NameKind, whole: boolean): Value | undefined {
  if (found !== 'secret' && found !== 'weak' && found !== 'user') return undefined;
  const { text } = scan;
  if (text[start] === '[') {
    const end = upTo(scan, start + 1, '[]\n', start + longestList);
    const isList = text[end] === ']' && /^\s{0,16}["'\w][^\]]{3}/.test(text.slice(start + 1, start + 24));
    return isList ? { start: start + 1, end } : undefined;
  }
  if (text[start] !== '-' || !/[\n\r]/.test(text.slice(from, start))) return undefined;
  if (namedItem.test(text.slice(start, start + 72))) return undefined;
  const limit = whole ? text.length : start + longestList;
  let end = start;
  for (let item = start; item < limit && text.startsWith('- ', item);) {
    end = upTo(scan, item, '\n\r', limit);
    item = after(scan, end, kind.space, end + longestSpace);
  }
  return end === start ? undefined : { start: start + 2, end };
}

/** `"""…"""`, which may span lines. */
function tripled(scan: Scan, at: number): Value | undefined {
  const quotes = scan.text[at]!.repeat(3);
  if (!scan.text.startsWith(quotes, at)) return undefined;
  const end = read(scan, at + 3, at + 3 + longestList).indexOf(quotes);
  return end < 0 ? undefined : { start: at + 3, end: at + 3 + end };
}

function quoted(scan: Scan, at: number): Value {
  const quote = scan.text[at]!;
  let end = at + 1;
  while (end < scan.text.length && scan.text[end] !== quote && !/[\n\r]/.test(scan.text[end]!)) {
    // A `\"` inside a quoted text ends it.
    end += scan.text[end] === '\\' && (scan.text[at - 1] !== '\\' || scan.text[end + 1] !== quote) ? 2 : 1;
  }
  end = Math.min(end, scan.text.length);
  spend(scan.work, end - at);
  if (scan.text[end - 1] === '\\' && scan.text[end] === quote) end -= 1;
  return { start: at + 1, end };
}

function unquotedEnd(scan: Scan, start: number, limit: number, from: number, found: NameKind): number {
  const { text } = scan;
  const ends =
    found === 'user' || found.endsWith('host')
      ? '\n\r"\'` \t,;&<)'
      : found === 'header'
        ? `\n\r${quoteAround(scan, from)}`
        : '\n\r"\'` \t<';
  let end = upTo(scan, start, ends, limit);
  // The next part of a connection string.
  const next = end - start > longestRest ? -1 : text.slice(start, end + 16).search(/;\s?[a-z][\w ]{1,24}=/i);
  if (next >= 0) end = Math.min(end, start + next);
  // A password with `<` in it ends only at a closing tag.
  while (text[end] === '<' && text[end + 1] !== '/' && end < limit) end = upTo(scan, end + 1, ends, limit);
  if (found.endsWith('host')) end += moreHosts.exec(text.slice(end, limit))?.[0].length ?? 0;
  if (found === 'user') end += restOfUser(read(scan, start, start + nameReach), end - start);
  if (found === 'secret' && beginsLine(scan, from)) {
    const line = upTo(scan, end, '\n\r', end + longestRest);
    if (goesOn(text.slice(end, line))) end = line;
  }
  return trimmed(scan, start, end);
}

// `Alice Smith`, `alice,bob`, and `1000(alice) gid=1000(alice)` of id(1).
const fullName = /^ (?:\p{Lu}[\p{L}.'-]*(?: |$)?){1,3}(?![:=])/u;
const moreHosts = /^(?:,[a-z][\w-]+(?![\w.:=-]))+/i;
const moreNames = /^(?:,[\w.-]+(?![\w.:=-]))+/;
const numbered = /^(?:\d+\([^()\s]*\),?(?: (?:[eg]id|groups)=(?=\d+\())?)+/;

/** Returns the length of the continuation of a user's name. */
function restOfUser(text: string, length: number): number {
  const listed = numbered.exec(text)?.[0].length ?? 0;
  if (listed > length) return listed - length;
  const form = /^\p{Lu}/u.test(text) ? fullName : moreNames;
  return form.exec(text.slice(length))?.[0].trimEnd().length ?? 0;
}

/** Returns the quote around a header and its name, or none. */
function quoteAround(scan: Scan, separator: number): string {
  const start = before(scan, separator - 1, kind.word | kind.host, Math.max(0, separator - nameReach));
  return isQuote(scan.text[start - 1]) ? scan.text[start - 1]! : '';
}

/** Excludes characters that close a text around the value: a bracket that it does not open, a comma. */
function trimmed(scan: Scan, start: number, end: number): number {
  const value = scan.text.slice(start, end);
  const closers = ['()', '[]', '{}']
    .flatMap(([open, close]) => (value.includes(open!) ? [] : close!))
    .join('');
  return withoutEnd(scan, start, end, `\\,; \t${closers}`);
}

/** Returns true if the rest of a line is more words of the value, and not the next setting, flag, element or column. */
function goesOn(rest: string): boolean {
  return rest.length < longestRest && /^[ \t][^\s"'`#/-]/.test(rest) && !/[=<>]|\w:| {2}/.test(rest);
}

// Reading ASCII as Unicode finds the same, but compiling that expression takes ten times as long.
const plainLead = /^\s*(?:-\s+|export\s+|set\s+)?["']?[\w.-]+(?: phrase)?["']?\s*\S{0,3}\s*$/i;
const lead = unicode(
  String.raw`^\s*(?:-\s+|export\s+|set\s+)?["']?[\p{L}\p{N}_.-]+(?: phrase)?["']?\s*\S{0,3}\s*$`,
  'iu',
);

function beginsLine(scan: Scan, separator: number): boolean {
  const written = textBefore(scan, separator, nameReach);
  const line = written.slice(Math.max(written.lastIndexOf('\n'), written.lastIndexOf('\r')) + 1);
  return (/^[\0-\x7f]*$/.test(line) ? plainLead : lead()).test(line);
}
