import { spend } from './budget.js';
import { asciiKinds, kind } from './characters.js';
import { addressRule, wildcardEnd } from './ipv4.js';
import { ignorables, unicode } from './lazy.js';
import { inLatin } from './names.js';
import { namesCode, type Context } from './own-names.js';
import { after, before, is, read, textBefore, type Detector, type Scan } from './scan.js';
import { beginsWithTopLevelDomain } from './top-level-domains.js';
import { hostTailEnd, userInfoStart } from './urls.js';

// Normalizing sorts the marks after a letter, in quadratic time. UAX #15 has at most 30 in its Stream-Safe Text Format.
const markRun = unicode(String.raw`(\p{M}{30})\p{M}+`, 'gu');
// Names as programs write them and hosts are never written: `ROADMAP.md`, `UserService.name`.
const looksOwn =
  /^(?:[A-Z][A-Z_-]{2,}\.[a-z]|(?:[A-Z][a-z]+\.)+[A-Za-z]|[A-Za-z_]*[a-z][A-Z]\w*\.[a-z])[A-Za-z]*\b/;
// Before the name of a media type, and before the last name of a path of modules.
const mediaType =
  /(?:^|[^\w.-])(?:application|audio|chemical|font|image|message|model|multipart|text|video)\/$/i;
// SSH algorithms with the domain of their author (RFC 4251, section 6).
const algorithm = /^[a-z\d-]*\d[a-z\d-]*@(?:openssh\.com|libssh\.org)$/;
const longestAlgorithm = 64;
// The digits of Arabic, Persian and Devanagari.
const otherDigits = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g;
// `Alice Smith <alice@…>`, and `db/10.1.2.3` as Java writes an address that it resolved.
const displayName = /(?:^|[:,;"'\n] ?)(\p{Lu}[\p{L}.'-]{1,31}(?: \p{Lu}[\p{L}.'-]{0,31}){0,3})"? ?<$/u;
const resolvedName = /(?:^|[\s(:"'=])([a-z][\w-]{2,62})\/$/i;
const hyphen = 45;
const isPlain = /^[\w.-]*$/;
const endOfWord = unicode(String.raw`[\p{L}\p{M}\p{N}\p{Extended_Pictographic}-]$`);

/**
 * Domains that end in a top-level domain, e-mail addresses, IPv4 addresses, and hardware addresses with dashes or dots;
 * looked for at the first separator of a name.
 */
export const hosts: Detector = (scan, at, floor) => {
  const runStart = before(scan, at, kind.host, floor);
  const runEnd = after(scan, at, kind.host);
  const [start, end] = trim(scan, runStart, runEnd);
  const rule = hostRule(scan, start, end);
  if (rule === undefined) return runEnd;
  const sign = scan.text[start - 1] === '[' ? start - 2 : start - 1;
  const email = scan.text[sign] === '@';
  const from = email ? userInfoStart(scan, sign, scan.reported) : spacedUserStart(scan, start, floor);
  if (email && end - from <= longestAlgorithm && algorithm.test(scan.text.slice(from, end))) return runEnd;
  const bracketed = email && sign === start - 2 && scan.text[end] === ']';
  const to = Math.max(end, hostTailEnd(scan, bracketed ? end + 1 : end), wildcardEnd(scan, start, end));
  reportNameBefore(
    scan,
    from,
    email ? displayName : rule.startsWith('@ip') ? resolvedName : undefined,
    floor,
  );
  scan.report(from, to, email ? '@email' : rule);
  // The tail is not searched again, since a row of hosts would take quadratic time.
  return Math.max(runEnd, to);
};

function reportNameBefore(scan: Scan, from: number, form: RegExp | undefined, floor: number): void {
  if (form === undefined || !'</'.includes(scan.text[from - 1] ?? ' ')) return;
  const named = form.exec(textBefore(scan, from, 96, floor));
  if (named === null) return;
  const start = from - named[0].length + named[0].indexOf(named[1]!);
  scan.report(start, start + named[1]!.length, form === displayName ? '@email:name' : '@host');
}

/** Returns the start of the user in `alice @ acme.com`, or of the host if there is no user. */
function spacedUserStart(scan: Scan, start: number, floor: number): number {
  if (scan.text[start - 1] !== ' ' || scan.text[start - 2] !== '@') return start;
  const lead = textBefore(scan, start, 64, floor);
  return start - (/[\w.%+-]{1,60} ?@ $/.exec(lead)?.[0].length ?? 0);
}

/** Returns the rule for a written name, or undefined if it is not a host. */
export function nameRule(written: string, context: Context = 'text'): string | undefined {
  for (const name of isPlain.test(written) ? [written.toLowerCase()] : readings(written)) {
    if (name.includes('xn--') && /(?<![^.])xn--[^.]/.test(name)) return '@domain';
    const rule = addressRule(name) ?? domainRule(name, written, context);
    if (rule !== undefined) return rule;
  }
  return undefined;
}

function hostRule(scan: Scan, start: number, end: number): string | undefined {
  // An override before a name turns its direction.
  const written = read(scan, scan.text[start - 1] === '\u202e' ? start - 1 : start, end);
  const rule = nameRule(written);
  if (rule === undefined) {
    if (wildcardEnd(scan, start, end) > 0) return '@ip:v4';
    return start === 0 && end === scan.text.length - 1 && isAbsolute(written) ? '@domain' : undefined;
  }
  // The text around a name can only show that it is not a host.
  const lead = scan.text.slice(Math.max(0, start - 32), start);
  if (lead.includes('{{') && /\{\{[^}]*\.$/.test(lead)) return undefined;
  if (/^(?:vnd|prs|x)[.-]/i.test(written) && mediaType.test(lead)) return undefined;
  // `Chrome/126.0.0.0`
  if (/^\d{2,3}\.0\.0\.0$/.test(written) && /(?:^|[^\w/])[A-Z][A-Za-z]+\/$/.test(lead)) return undefined;
  if (scan.text[end] === '(') return nameRule(written, 'program');
  return /(?:^|[^/\\])[/\\]$|\](?:\(|: )$|::$/.test(lead) ? nameRule(written, 'path') : rule;
}

/**
 * Returns true for a name that ends in a dot at the end of the text: all of its labels could be of a domain, and it is
 * not an abbreviation.
 */
function isAbsolute(written: string): boolean {
  return (
    /^(?:(?=[\d-]*[a-z])[a-z\d-]{2,63}\.){2,8}(?=[\d-]*[a-z])[a-z\d-]{2,63}$/i.test(written) &&
    /\d/.test(written)
  );
}

function domainRule(name: string, written: string, context: Context): string | undefined {
  if (name.startsWith('www') && /^www\d?\.[^.]/.test(name)) return '@domain';
  let labels: readonly string[] | undefined;
  let dot = name.indexOf('.');
  for (let index = 1; dot >= 0; index += 1) {
    const next = name.indexOf('.', dot + 1);
    const label = next < 0 ? name.slice(dot + 1) : name.slice(dot + 1, next);
    if (beginsWithTopLevelDomain(label, index) && endsInWord(name, dot)) {
      labels ??= name.split('.');
      const own =
        namesCode(labels, index, context) || (looksOwn.test(written) && namesCode(labels, index, 'program'));
      if (!own) return '@domain';
    }
    dot = next;
  }
  return undefined;
}

/** Returns true if the label before a dot ends as those of hosts do. */
function endsInWord(name: string, dot: number): boolean {
  const code = name.charCodeAt(dot - 1);
  if (code < 128) return code === hyphen || (asciiKinds[code]! & kind.alnum) !== 0;
  return endOfWord().test(name.slice(Math.max(0, dot - 2), dot));
}

/**
 * Returns the ways to read a name, in lower case: as written, where an invisible character ends a word; as a resolver
 * reads it, without invisible characters and with compatibility forms resolved; and with its percent-encoding decoded
 * twice.
 */
function readings(written: string): string[] {
  const names = [written.toLowerCase()];
  if (!/^[\0-\x7f]*$/.test(written)) {
    const visible = written
      .replace(ignorables(), '')
      .replace(markRun(), '$1')
      .replace(otherDigits, latinDigit);
    // An override turns the direction, and `moc.emca` is read from its end.
    if (written.includes('\u202e')) names.push([...visible.toLowerCase()].toReversed().join(''));
    const composed = visible.normalize('NFKC').toLowerCase().replaceAll('\u3002', '.');
    names.push(composed);
    // A top-level domain in look-alike letters.
    if (/[a-z]/.test(composed)) names.push(inLatin(composed));
  }
  const encoded = names.filter((name) => name.includes('%'));
  return [...names, ...encoded.map((name) => decoded(decoded(name)))];
}

function latinDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  return String((code & 15) - (code < 0x900 ? 0 : 6));
}

function decoded(name: string): string {
  // The dots of other scripts take three bytes.
  return name
    .replace(/%e3%80%82|%ef%bc%8e/g, '.')
    .replace(/%([2-7][\da-f])/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function trim(scan: Scan, from: number, to: number): [number, number] {
  let start = from;
  let end = to;
  while (start < end && !is(scan, start, kind.word) && scan.text[start] !== '_') start += 1;
  while (end > start && !is(scan, end - 1, kind.word)) end -= 1;
  spend(scan.work, start - from + to - end);
  return [start, end];
}
