import { spend } from './budget.js';
import { reportValue } from './assignments.js';
import { kind } from './characters.js';
import { mayNameSecret, nameKind } from './names.js';
import { is, read, textBefore, type Detector, type Scan } from './scan.js';
import { reportLooks } from './report-looks.js';
import { hasTypedPart } from './values.js';

const userFlags =
  /\b(?:psql|pg_\w+|mysql\w*|mariadb\S*|ssh|sudo|su|curl|wget|docker|mongo\w*|smbclient|ldap\w+|sshpass|psexec(?:\.exe)?|sqlcmd|crontab|ps|p?killa?l?l?)\b[^|;&\n]*-$/i;
const secretFlags =
  /\b(?:redis-cli|mysql\w*|mariadb\S*|sshpass|ldap\w+|mongo\w*|docker login|az|psexec(?:\.exe)?|sqlcmd|smbclient|7za?|zip|unzip)\b[^|;&\n]*-$/i;
const hostFlags =
  /\b(?:psql|pg_\w+|mysql\w*|mariadb\S*|redis-cli|mongo\w*|ldap\w+|sqlcmd|bcp|clickhouse\S*|influx\w*|mosquitto_\w+)\b[^|;&\n]*-$/i;
const anyFlag = /(?:^|[\s"'])-[a-z]?$/i;
const longFlag = /^--([a-z][\w.-]{1,63})(?:["'],)?\s{1,4}(?:\\\r?\n\s{0,16})?(?![-|&<>;\s])/i;
// Flags with other names are as often for files and settings.
const keyFlags = /(?:key|auth|psk|pin|otp|cred|token)s?$/i;

/** Returns true before a long flag whose name may say something about its value. */
export function isLongFlag(text: string, at: number): boolean {
  let end = at + 2;
  while (end < at + 66 && text.charCodeAt(end) > 39) end += 1;
  return text.charCodeAt(at - 1) !== 45 && text.charCodeAt(end) <= 39 && mayNameSecret(text, at + 2, end);
}

/** `--db-host …`, `--password …`: the value behind a space; looked for at the first hyphen. */
export const longFlags: Detector = (scan, at, floor) => {
  if (/[\w-]/.test(scan.text[at - 1] ?? ' ')) return floor;
  const [lead, name] = longFlag.exec(read(scan, at, at + 88)) ?? [];
  const found = name === undefined ? undefined : nameKind(name);
  if (found === undefined) return floor;
  // Lists of flags have columns.
  const isListed = found === 'secret' && / {2}$/.test(lead!);
  const value = isListed
    ? 'weak'
    : found === 'weak' && keyFlags.test(name!)
      ? 'secret'
      : found === 'weak-host'
        ? 'host'
        : found;
  return reportValue(scan, at + lead!.length, value, floor);
};

/** `psql -U alice`, `redis-cli -a …`, and `-p …` of any command, if the text after it looks like a password. */
export function commandFlag(scan: Scan, flag: string, start: number, next: number, floor: number): number {
  if (scan.text[next] === '-') return floor;
  const lead = read(scan, start - 96, start);
  if ('hs'.includes(flag)) return hostFlags.test(lead) ? reportValue(scan, next, 'host', floor) : floor;
  const isUser = 'ul'.includes(flag);
  if (!(isUser ? userFlags : secretFlags).test(lead))
    return anyFlag.test(lead) ? reportLooks(scan, next, floor, hasTypedPart, '@credentials:value') : floor;
  // `mysql -P 3306` is a port.
  if (flag === 'p' && /^\d{1,5}(?:\s|$)/.test(scan.text.slice(next, next + 6))) return floor;
  return reportValue(scan, next, isUser ? 'user' : 'secret', floor);
}

/** `mysql -phunter2`, looked for at the hyphen. */
export const attachedPassword: Detector = (scan, hyphen, floor) => {
  if (scan.text.charCodeAt(hyphen - 1) > 32 || !/^\s-p\S{3}/.test(scan.text.slice(hyphen - 1, hyphen + 5)))
    return floor;
  if (
    !/\b(?:mysql\w*|mariadb\S*|sshpass|7za?|zip|unzip|docker login)\b[^|;&\n]*$/.test(
      textBefore(scan, hyphen, 96, floor),
    )
  )
    return floor;
  return reportLooks(scan, hyphen + 2, floor, (value) => !value.includes('/'), '@credentials:value');
};

/** Returns how many characters of a flag are before the word that ends it; 0 if the word is not part of a flag. */
export function dashesBefore(scan: Scan, start: number, floor: number): number {
  let at = start;
  while (
    at > floor &&
    start - at < 64 &&
    (is(scan, at - 1, kind.alnum) || '-_.'.includes(scan.text[at - 1]!))
  )
    at -= 1;
  spend(scan.work, start - at);
  return scan.text[at] === '-' ? start - at : 0;
}
