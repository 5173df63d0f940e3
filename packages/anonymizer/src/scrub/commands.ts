import { upTo, type Detector, type Scan } from './scan.js';
import { hasTypedPart, isHostName, isSecretValue, isUserName, looksLikeHost } from './values.js';

type ArgumentKind = 'host' | 'statement' | 'user' | 'lastUser' | 'other' | 'echo' | 'listing';

interface Word {
  readonly text: string;
  readonly start: number;
}

// The kind of the arguments of a command, or of a setting without a separator. All of them are also searched for
// passwords.
const commands: ReadonlyMap<string, ArgumentKind> = new Map(
  Object.entries({
    host:
      'ping ping6 traceroute tracert mtr dig nslookup ssh scp sftp rsync telnet nc ncat netcat nmap curl wget showmount ' +
      'mount rdesktop vncviewer mongo ansible HostName ServerName server_name nameserver ProxyJump',
    user: 'su passwd chage finger chgrp RemoteUser AllowUsers DenyUsers USER',
    // `user alice;`
    statement: 'user',
    lastUser: 'usermod gpasswd loginctl',
    other:
      'net sentinel sqlplus expdp impdp isql bcp htpasswd mosquitto_passwd mosquitto_pub wpa_passphrase rabbitmqctl vault snmpwalk ' +
      'openssl rar kinit lftp cqlsh ipmitool schtasks',
    echo: 'echo printf',
  }).flatMap(([kind, words]) => words.split(' ').map((word) => [word, kind as ArgumentKind] as const)),
);

const reach = 256;
const space = 32;
const longestName = 16;
const prefix = /sudo (?:-\S{1,16} ){0,2}/y;
// The permissions of a file.
const listing = /^[-dl](?:[-r][-w][-xsStT]){3}[.+@]?$/;
// Commands that take a user and then the password.
const withPassword =
  /^(?:rabbitmqctl (?:add_user|change_password)|htpasswd -\w{0,8}b\w{0,8} \S{1,64}|sentinel auth-pass) \S{1,64} (\S{3,64})(?=\s|$)/;
const piped = /^\|\s?(?:sudo )?(?:chpasswd|passwd|su\b|sudo -S|[^|\n]{1,64}stdin)/;
// The lengths of the commands by their first letter, a bit for each, which excludes most words at once.
const lengths = new Uint32Array(128);
for (const command of commands.keys()) lengths[command.charCodeAt(0)]! |= 1 << command.length;
// `drwxr-xr-x`, and with one more sign: what `listing` matches.
for (const first of '-dl') lengths[first.charCodeAt(0)]! |= (1 << 10) | (1 << 11);
const hostForm = /^@?([a-z][\w-]{1,62}|\d{8,10})(?=$|[:/;])/i;

/** Returns true if a text begins with a command whose arguments are searched. */
export function beginsWithCommand(text: string): boolean {
  return commandAt(text, 0) !== undefined;
}

/** Returns true before a command whose arguments are searched. */
export function isBeforeCommand(text: string, at: number): boolean {
  return commandAt(text, startBehind(text, at)) !== undefined;
}

/** `ping db`, `su alice`, `sqlplus scott/…`; looked for before a command: at the end of a line, a pipe, a prompt. */
export const commandLines: Detector = (scan, at, floor) => {
  const from = startBehind(scan.text, at);
  const found = commandAt(scan.text, from);
  if (found === undefined) return floor;
  const end = upTo(scan, found.end, '\n\r;|&', from + reach);
  const words = [...scan.text.slice(found.end, end).matchAll(/\S+/g)].map(({ 0: text, index }) => ({
    text,
    start: found.end + index,
  }));
  if (found.kind === 'echo') {
    if (piped.test(scan.text.slice(end, end + 80)))
      for (const { text, start } of words.filter((word) => !word.text.startsWith('-')))
        scan.report(start, start + text.length, '@credentials:value');
    return floor;
  }
  for (const { text, start } of words)
    if (hasTypedPart(text.replace(/^-\w{1,2}(?=\w)/, '')))
      scan.report(start, start + text.length, '@credentials:value');
  const password = withPassword.exec(scan.text.slice(found.start, end));
  if (password !== null && isSecretValue(password[1]!))
    scan.report(
      found.start + password[0].length - password[1]!.length,
      found.start + password[0].length,
      '@credentials:value',
    );
  const named = words.filter(({ text }) => /^[@\w]/.test(text));
  if (found.kind === 'host') reportHosts(scan, named);
  for (const { text, start } of usersOf(
    scan.text[end] === ';' && found.kind === 'statement' ? 'user' : found.kind,
    named,
  ))
    if (/^[\w.-]+:?$/.test(text) && isUserName(text))
      scan.report(start, start + text.length, '@credentials:username');
  return floor;
};

function usersOf(kind: ArgumentKind, words: readonly Word[]): readonly Word[] {
  if (kind === 'user') return words.slice(0, 1);
  if (kind === 'lastUser') return words.slice(-1);
  // `-rw-r--r-- 1 alice staff 0 …`
  return kind === 'listing' && /^\d+$/.test(words[0]?.text ?? '') ? words.slice(1, 3) : [];
}

/** Reports the arguments that are hosts: by their form, or as the only word among flags and numbers. */
function reportHosts(scan: Scan, words: readonly Word[]): void {
  const plain = words.filter(({ text }) => !/^\d{1,5}$/.test(text));
  for (const { text, start } of plain) {
    const host = hostForm.exec(text)?.[1];
    if (host === undefined) continue;
    const isRemote = /^[\w-]+:[/~\w]/.test(text);
    if (!(plain.length === 1 || isRemote ? isHostName(host) : looksLikeHost(host))) continue;
    const from = start + (text.startsWith('@') ? 1 : 0);
    scan.report(from, from + host.length, '@host');
  }
}

function startBehind(text: string, at: number): number {
  return at + (text.charCodeAt(at + 1) === 32 ? 2 : 1);
}

function commandAt(
  text: string,
  from: number,
): { readonly kind: ArgumentKind; readonly start: number; readonly end: number } | undefined {
  let start = text.startsWith('$ ', from) ? from + 2 : from;
  if (text.startsWith('sudo ', start)) {
    prefix.lastIndex = start;
    start += prefix.exec(text)?.[0].length ?? 0;
  }
  const known = start < text.length ? (lengths[text.charCodeAt(start)] ?? 0) : 0;
  if (known === 0) return undefined;
  const most = Math.min(start + longestName, text.length);
  let end = start;
  while (end < most && text.charCodeAt(end) > space) end += 1;
  if ((known & (1 << (end - start))) === 0 || text.charCodeAt(end) !== space) return undefined;
  const word = text.slice(start, end);
  const kind = commands.get(word) ?? (listing.test(word) ? 'listing' : undefined);
  return kind === undefined ? undefined : { kind, start, end: end + 1 };
}
