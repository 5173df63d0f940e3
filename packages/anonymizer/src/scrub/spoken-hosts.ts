import { read, textBefore, type Detector, type Scan } from './scan.js';
import { isHostName, isUserName, looksLikeHost } from './values.js';

const quotedLead =
  /(?:server (?:at|on)|\bhost(?: ?name)?|(?:not|failed to|failure) resolv(?:e|ing)|upstream|lookup|connect(?:ed|ing|ion)? to(?: server at| host| server)?|handshake with|can't find)$/i;
const quotedName = /^(["'`])([a-z][\w-]{1,62})(?::\d{1,5})?\1/i;
// The text before a host, and the text after one that is a plain word.
const lead =
  /(?:^|[^\w-])(?:ENOTFOUND|(lookup|(?:not|failed to) resolve|unknown host|route to host|to host|host|connect(?:ed|ing|ion)? to))$/i;
const name = /^ ([a-z][\w-]{1,62})(?![\w.=/@\\-])/i;
const behind = /^(?::\d|\.{3}|: | on \d| port \d| closed| timed out| not found| is unreachable)/i;
// A resolver's message that there is no such host.
const refusal =
  /^: (?:NXDOMAIN|SERVFAIL|no such host|Name or service not known|nodename nor servname|Temporary failure in name|server misbehaving|i\/o timeout)/;
const refused = /(?:^|[\s"'`(])([a-z][\w-]{1,62})["'`]?$/i;
const datedHost =
  /^:\d\d(?:[.,]\d{1,9})?(Z|[+-]\d\d:?\d\d)? ([a-z][\w-]{1,62}) [\w./-]{1,48}(\[\d{1,9}\])?: /i;
const month = /(?:^|[\s>])(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d$/;
const level = /^(?:[A-Z]+|trace|debug|info|notice|warn(?:ing)?|err(?:or)?|fatal|panic)$/;

const userLead = /\b(?:user(?:name)?|role|account|login)$/i;
const quotedUser = /^(["'`])([\w.\\-]{2,64})\1/;
const actsAs = /(?:logged|log|logging|sign|signed|running) ?(?:in )?as$/i;
const grants = /(?:create|alter|drop) (?:user|role)$/i;
const acts =
  /^ [\w.-]{2,32} (?:logged|signed|authenticated|connected|disconnected|has (?:logged|no|password))\b/;
const accountHost = /^["'`]@["'`]([\w.-]{2,64})/;
const logged = / - ([\w.@-]{2,64}) $/;

/** The endings of the words that are looked for before a space. */
export const hostEndings: readonly string[] = ['und', 'kup', 'ost', 'lve', ' to', ' as', 'ser', 'ole'];

/** Returns true behind a word before which `spokenHosts` can find something. */
export function isHostLead(text: string, space: number): boolean {
  const last = text.charCodeAt(space - 1) | 32;
  if (last === 114 || text.startsWith('ole', space - 3)) return namesUser(text, space);
  if (last !== 115 && last !== 111) return true;
  // Nearly all words with these endings are `to` and `as`, of which few follow words like `connect` and `running`.
  if (space < 4 || !'dgntDGNT'.includes(text[space - 4]!)) return false;
  const lead = text.slice(Math.max(0, space - 14), space);
  return last === 115 ? actsAs.test(lead) : lead.includes('onnect');
}

/** `lookup db: no such host`, `ENOTFOUND db`, `connect to host db port 22`; looked for at the space. */
export const spokenHosts: Detector = (scan, space, floor) => {
  const before = textBefore(scan, space, 24, floor);
  if (actsAs.test(before) || namesUser(scan.text, space)) return user(scan, space, floor);
  const found = lead.exec(before);
  if (found === null) return floor;
  const host = name.exec(read(scan, space, space + 66))?.[1];
  if (host === undefined) return floor;
  const end = space + 1 + host.length;
  const isLast = end === scan.text.length && / host$/i.test(found[1] ?? '');
  const isPlain = found[1] === undefined || isLast || behind.test(scan.text.slice(end, end + 16));
  if (!(isPlain ? isHostName(host) : looksLikeHost(host))) return floor;
  return scan.report(space + 1, end, '@host');
};

/** Returns true in `ALTER USER alice` and `user alice logged in`. */
function namesUser(text: string, space: number): boolean {
  const lead = text.slice(Math.max(0, space - 11), space);
  return grants.test(lead) || (/\buser$/i.test(lead) && acts.test(text.slice(space, space + 56)));
}

/** `10.1.2.3 - alice [01/Jan/…`, of web servers; looked for at the bracket. */
export const loggedUsers: Detector = (scan, bracket, floor) => {
  const found = logged.exec(textBefore(scan, bracket, 68, floor))?.[1];
  if (found === undefined || !isUserName(found)) return floor;
  scan.report(bracket - 1 - found.length, bracket - 1, '@credentials:username');
  return bracket;
};

/** `sudo: alice : TTY=…`, looked for at the end of the last name. */
export function sudoUser(scan: Scan, nameEnd: number, floor: number): number {
  const [all, lead, user] =
    /(sudo: {1,8})([\w.-]{1,32}) : TTY$/.exec(textBefore(scan, nameEnd, 56, floor)) ?? [];
  if (user === undefined || !isUserName(user)) return floor;
  const start = nameEnd - all!.length + lead!.length;
  scan.report(start, start + user.length, '@credentials:username');
  return nameEnd;
}

/** `logged in as alice` */
function user(scan: Scan, space: number, floor: number): number {
  const name = /^ ([a-z][\w.-]{1,31})(?![\w/]| user)/i.exec(read(scan, space, space + 39))?.[1];
  if (name === undefined || !isUserName(name)) return floor;
  return scan.report(space + 1, space + 1 + name.length, '@credentials:username');
}

/** `EAI_AGAIN db`, looked for at the underscore. */
export const resolverErrors: Detector = (scan, at, floor) => {
  const space = at + 6;
  if (!scan.text.startsWith('EAI_AGAIN ', at - 3)) return floor;
  const host = name.exec(read(scan, space, space + 66))?.[1];
  if (host === undefined || !isHostName(host)) return floor;
  scan.report(space + 1, space + 1 + host.length, '@host');
  return space;
};

/** `server on 'db'`, `translate host name "db"`, `user 'alice'`; looked for at the opening quote. */
export const quotedNames: Detector = (scan, quote, floor) => {
  const before = read(scan, Math.max(floor, quote - 28), quote - 1);
  const user = userLead.test(before) ? quotedUser.exec(read(scan, quote, quote + 68))?.[2] : undefined;
  if (user !== undefined && isUserName(user)) {
    const end = quote + 1 + user.length;
    scan.report(quote + 1, end, '@credentials:username');
    // `'alice'@'db'`
    const host = accountHost.exec(read(scan, end, end + 68))?.[1];
    if (host !== undefined && host !== 'localhost') scan.report(end + 3, end + 3 + host.length, '@host');
    return end;
  }
  if (!quotedLead.test(before)) return floor;
  const host = quotedName.exec(read(scan, quote, quote + 72))?.[2];
  if (host === undefined || !isHostName(host)) return floor;
  return scan.report(quote + 1, quote + 1 + host.length, '@host');
};

/** Returns true behind a word and a space. */
export function isBehindWordAndSpace(text: string, at: number): boolean {
  return text.charCodeAt(at - 1) === 32 && text.charCodeAt(at - 2) > 47;
}

/** Returns true before a resolver's message about an unknown host. */
export function isRefusal(text: string, colon: number): boolean {
  return (
    'NSTnsi'.includes(text[colon + 2] ?? '-') &&
    'XEaeo/'.includes(text[colon + 3] ?? '-') &&
    refusal.test(text.slice(colon, colon + 32))
  );
}

/** `db: no such host`, looked for at the colon. */
export const refusedHosts: Detector = (scan, colon, floor) => {
  const host = refused.exec(textBefore(scan, colon, 65, floor));
  if (host === null || !isHostName(host[1]!)) return floor;
  const start = colon - (host[0].endsWith(host[1]!) ? 0 : 1) - host[1]!.length;
  scan.report(start, start + host[1]!.length, '@host');
  return colon;
};

/** Returns true at the colon before the seconds of a time. */
export function isBeforeSeconds(text: string, at: number): boolean {
  return text.charCodeAt(at - 3) === 58;
}

/** `Jan  1 00:00:00 db sshd[1]: …`, as syslog writes it; looked for at the colon before the seconds. */
export const datedHosts: Detector = (scan, colon, floor) => {
  const [, zone, host, process] = datedHost.exec(read(scan, colon, colon + 140)) ?? [];
  if (host === undefined || level.test(host) || !isHostName(host)) return floor;
  if (
    !month.test(scan.text.slice(Math.max(0, colon - 20), colon)) &&
    (zone === undefined || process === undefined)
  )
    return floor;
  const start = scan.text.indexOf(host, colon);
  return scan.report(start, start + host.length, '@host');
};
