import { kind } from './characters.js';
import { is, read, upTo, withoutEnd, type Detector, type Scan } from './scan.js';

const [percent, dot, slash, backslash] = [37, 46, 47, 92];
const longestLead = 64;
const ends = '\\/"\'`<>|?*:;,(){}[]% \t\n\r';
// `/home/` deep inside a path is a page more often than a person's folder.
const above =
  '(?:var|usr|export|data|rootfs|host|mnt|srv|nfs|nas|net|storage|vol(?:ume)?s?\\d?|private|private/var|proc/\\d+/root|system|media|gpfs|lustre|opt|scratch|share|u\\d*|var/services|(?:run/desktop/mnt/host|host_mnt)/[a-z]|/wsl[\\w.$]*/[\\w.-]+|mnt/[a-z]|mnt/\\w+|volumes/[^/]{1,32}|system/volumes/data|cygdrive/[a-z]|[a-z]:?)';
// The endings of the folder names above, as a quick check.
export const folderEndings: readonly string[] = [
  ...'ome ers ser ngs ail abs dia mes ron zer urs ios gen les ple'.split(' '),
  ...[...'0123456789'].map((digit) => `me${digit}`),
];
const endings = new Set(folderEndings);
// Excludes most other folders, since compiling the next expression takes as long as scrubbing a hundred texts.
const folderName =
  /(?:homes?\d?|users|people|profiles|settings|benutzer|einstellungen|utilisateurs|usuarios|mail|cron|tabs|media|\/afs\/.*)\/(?:\.\/)*$/iu;
const people = new RegExp(
  `(?:^|[^\\p{L}\\p{N}_./-])(?:(?:/?${above})?/(?:homes?\\d?|users|people)|/?[a-z]:/(?:users|profiles|documents and settings|benutzer|dokumente und einstellungen|utilisateurs|usuarios)|/var/(?:spool/)?(?:mail|cron(?:/(?:crontabs|tabs))?)|/afs/[\\w.-]+/us(?:e?rs?)(?:/[a-z]{1,2}){0,2}|/run/media|/media)/(?:\\./)*$`,
  'iu',
);

// A folder shared by several people.
const shareHead =
  /^(?:\\{2,4}(?:\?\\{1,2}UNC\\{1,2})?(?!x[\da-f]{2})[\w.$-]{2,255}(?:@\w{2,8}){0,2}\\{1,2}|\/\/[\w-]{2,63}\/)[\w$]/;
const longestShare = 264;

const groupName = /^(?:users|staff|students?|people|corp|domain|[a-z]|[A-Z][A-Z\d.-]+)$/;

/** The name in `/home/alice`, `C:\Users\alice`, `%2Fhome%2Falice`, `~alice/`; looked for at the separator. */
export const folders: Detector = (scan, separator, floor) => {
  const width = separatorWidth(scan, separator);
  if (width === 0) return floor;
  const from = separator + width;
  if (!is(scan, from, kind.word | kind.ignorable) && scan.text[from] !== '_') return floor;
  if (!mayBeOfPeople(scan.text, separator)) return floor;
  const lead = read(scan, Math.max(0, separator - longestLead), from).replace(/(?:\\|%5c|%2f|\/)+/gi, '/');
  if (!folderName.test(lead) || !people.test(lead)) return floor;
  let end = nameEnd(scan, from);
  // `/home/CORP/alice`, `/home/a/alice`
  if (groupName.test(scan.text.slice(from, end)) && '/\\'.includes(scan.text[end] ?? ' '))
    end = Math.max(end, nameEnd(scan, end + 1));
  const name = scan.text.slice(from, end);
  // Pages of users are numbered.
  if (end === from || (/^\d+$/.test(name) && lead.endsWith('users/'))) return floor;
  return scan.report(from, end, '@path:user');
};

/** Returns true behind another separator, also an encoded one, or behind one letter that follows one. */
export function isBelowSeparator(text: string, at: number): boolean {
  const last = codeAt(text, at - 1);
  const before = codeAt(text, at - 2);
  if (last === slash || last === backslash || before === slash || before === backslash) return true;
  // `%2F`, `%5C`, and one letter behind them.
  return codeAt(text, at - 3) === percent || codeAt(text, at - 4) === percent;
}

/** Returns false if the name before a separator certainly is not of a folder that contains those of people. */
function mayBeOfPeople(text: string, separator: number): boolean {
  const least = separator - longestLead;
  let end = separator;
  while (end > least) {
    const last = codeAt(text, end - 1);
    if (last === slash || last === backslash || last === dot) end -= 1;
    // `%2F`
    else if (codeAt(text, end - 3) === percent) end -= 3;
    else break;
  }
  const name = text.slice(Math.max(0, end - 3), end).toLowerCase();
  // `homes2`, and letters of other scripts, which can be cases of these.
  if (endings.has(name) || /s\d$|[^\0-\x7f]/.test(name)) return true;
  return /afs/i.test(text.slice(Math.max(0, least), separator));
}

// Reading outside the text would slow all later calls.
function codeAt(text: string, at: number): number {
  return at < 0 ? 0 : text.charCodeAt(at);
}

/** `~alice/`, looked for at the tilde. */
export const tildes: Detector = (scan, tilde, floor) => {
  if (
    is(scan, tilde - 1, kind.word) ||
    !/^[a-z_][\w.-]{1,31}(?=[/\\]|$)/i.test(scan.text.slice(tilde + 1, tilde + 34))
  )
    return floor;
  const end = upTo(scan, tilde + 1, ends);
  return scan.report(tilde + 1, end, '@path:user');
};

/** `\\server\share` and `//server/share`, looked for at the first separator. */
export const shares: Detector = (scan, at, floor) => {
  if (scan.text[at + 1] !== scan.text[at] || !/[\s"'`=(,:]/.test(scan.text[at - 1] ?? ' ')) return floor;
  if (/(?:^|[^a-z])[a-z]:$/i.test(scan.text.slice(Math.max(0, at - 3), at))) return floor;
  let headEnd = at;
  while (headEnd < at + longestShare && /[\w.$@?\\/-]/.test(scan.text[headEnd] ?? ' ')) headEnd += 1;
  const head = shareHead.exec(read(scan, at, headEnd))?.[0];
  // `//host` refers to a host by the protocol in use; in a longer text it begins a comment.
  if (head === undefined && at === 0 && /^(?:\/\/|\\\\)[a-z][\w-]{1,62}$/i.test(scan.text)) {
    return scan.report(0, scan.text.length, '@url');
  }
  if (head === undefined) return floor;
  const end = upTo(scan, at + head.length, '"\'`<>|?*;,\n\r ');
  return scan.report(at, end, '@path:share');
};

function separatorWidth(scan: Scan, at: number): number {
  const character = scan.text[at];
  if (character === '%') return /^%(?:2f|5c)/i.test(scan.text.slice(at, at + 3)) ? 3 : 0;
  return scan.text[at + 1] === '\\' && character === '\\' ? 2 : 1;
}

function nameEnd(scan: Scan, from: number): number {
  let end = upTo(scan, from, ends);
  // A name can hold spaces; that it goes on shows in the separator after it, or in a capital.
  if (scan.text[end] === ' ') {
    const rest = scan.text.slice(end, end + 41);
    const more =
      /^(?: [^\\/"'`<>|?*:;,\n\r ]{1,20}){1,3}(?=[\\/])/.exec(rest) ??
      /^ \p{Lu}[\p{L}.'-]{1,30}(?=$|["'\n])/u.exec(rest);
    end += more?.[0].length ?? 0;
  }
  return withoutEnd(scan, from, end, '.!');
}
