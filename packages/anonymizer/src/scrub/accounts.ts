import { spend } from './budget.js';
import { kind } from './characters.js';
import { nameRule } from './hosts.js';
import { unicode } from './lazy.js';
import { after, is, read, textBefore, type Detector, type Scan } from './scan.js';
import { hostTailEnd, urlEnd, userInfoStart } from './urls.js';

// What programs write behind the `@` of a qualified name: a provider of configuration, a version or a branch.
const qualifiers = new Set(
  (
    'file docker swarm internal kubernetes kubernetescrd kubernetesingress kubernetesgateway consul consulcatalog ' +
    'nomad ecs marathon rancher rest redis etcd zookeeper http plugin tailscale latest next beta alpha canary rc stable ' +
    'main master head dev staging production prod nightly edge release lts'
  ).split(' '),
);
const letter = unicode(String.raw`\p{L}`);
const user = unicode(String.raw`^(?:[\p{L}\p{N}][\p{L}\p{N}._+-]{0,63}|"[^"]{1,64}")$`);
// `sr_RS@latin`, `de_DE.UTF-8@euro`
const locale = /^[a-z]{2,3}_[A-Z]{2}(?:\.[\w-]{1,12})?$/;
const passwordPair = /^[^:]*:[^:]/;

/** `user:password@host`, with or without a user, whatever the host is, and `user@host`; looked for at the `@`. */
export const accounts: Detector = (scan, at, floor) => {
  const width = scan.text[at] === '%' ? /^%(?:25)?40/.exec(scan.text.slice(at, at + 5))?.[0].length : 1;
  return width === undefined ? floor : Math.max(at + 1, account(scan, at, at + width - 1, floor));
};

function account(scan: Scan, sign: number, at: number, floor: number): number {
  let start = userInfoStart(scan, sign, floor);
  const info = scan.text.slice(start, sign);
  const host = scan.text[at + 1] === '[' ? at + 2 : scan.text.startsWith('//', at + 1) ? at + 3 : at + 1;
  if (!is(scan, host, kind.word)) return quotedLocalPart(scan, at, floor);
  const oracle = oracleStart(scan, start, at, floor);
  if (passwordPair.test(info) || oracle < start) {
    start = oracle;
    const end = Math.max(at + 1, urlEnd(scan, at + 1), dataSourceEnd(scan, at + 1));
    return scan.report(start, end, '@credentials:user');
  }
  return plainAccount(scan, start, sign, at, floor);
}

function plainAccount(scan: Scan, start: number, sign: number, at: number, floor: number): number {
  const quoted = scan.text[at - 1] === '"' ? quotedLocalPart(scan, at, floor) : floor;
  if (quoted > floor) return quoted;
  const name = scan.text.slice(start, sign);
  if (!user().test(name) || locale.test(name) || scan.text[start - 1] === '/') return floor;
  const end = after(scan, at + 1, kind.word | kind.ignorable);
  let hostEnd = end;
  while (hostEnd < scan.text.length && (is(scan, hostEnd, kind.word) || '-_'.includes(scan.text[hostEnd]!)))
    hostEnd += 1;
  spend(scan.work, hostEnd - end);
  const host = scan.text.slice(at + 1, hostEnd);
  // Files of a size or a theme have such names, `logo@dark.png`, and so have units of systemd.
  const isFile =
    /^\.(?:png|jpe?g|gif|svg|webp|ico|js|ts|css|json|md|html?|service|socket|timer|target|mount|slice|scope)\b/i.test(
      scan.text.slice(hostEnd, hostEnd + 9),
    );
  // With a known domain it is an e-mail address.
  if (
    host.length > 63 ||
    isFile ||
    nameRule(read(scan, at + 1, dottedEnd(scan, at + 1, hostEnd))) !== undefined
  )
    return floor;
  if (!letter().test(host) || /^v?\d/.test(host) || /^sha\d/.test(host)) return floor;
  if (qualifiers.has(host.toLowerCase())) return floor;
  const to = hostTailEnd(scan, dottedEnd(scan, at + 1, hostEnd));
  return scan.report(start, to, '@account');
}

/** Returns the end of a host including the labels after the first, `acme.iam`; a final dot belongs to the sentence. */
function dottedEnd(scan: Scan, start: number, firstEnd: number): number {
  const rest = /^(?:\.[\p{L}\p{N}_-]{1,63}){1,8}/u.exec(scan.text.slice(firstEnd, start + 256))?.[0];
  return firstEnd + (rest?.length ?? 0);
}

/** `"alice smith"@host`. */
function quotedLocalPart(scan: Scan, at: number, floor: number): number {
  if (scan.text[at - 1] !== '"' || !is(scan, at + 1, kind.word)) return floor;
  const least = Math.max(floor, at - 66);
  const open = read(scan, least, at - 1).lastIndexOf('"');
  if (open < 0 || /[\n=:]/.test(scan.text.slice(least + open, at))) return floor;
  const end = urlEnd(scan, at + 1);
  return scan.report(least + open, end, '@email');
}

/** `CORP\alice`, and `SRV01\SQLEXPRESS`; looked for at the backslash. */
export const domainUsers: Detector = (scan, at, floor) => {
  const domain = /(?:^|[\s"'`=(:,])((?!HK)[A-Z][A-Z\d-]{1,14})$/.exec(textBefore(scan, at, 17, floor))?.[1];
  // A lower-case letter escaped by the backslash does not begin a name.
  const user =
    /^\\(?:(?![nrt]|u[\da-f]{4}|x[\da-f]{2})[a-z][\w.-]{2,31}|(?:MS)?SQL\w{2,16}|INST\w{1,8})(?![\w\\])/.exec(
      read(scan, at, at + 34),
    )?.[0];
  if (domain === undefined || user === undefined) return floor;
  return scan.report(at - domain.length, at + user.length, '@account');
};

/** `alice/password@host:1521/x`. */
function oracleStart(scan: Scan, start: number, at: number, floor: number): number {
  if (scan.text[start - 1] !== '/') return start;
  const lead = /(?:^|[\s"'`=(,:])([A-Za-z]\w{0,30})\/$/.exec(textBefore(scan, start, 33, floor));
  const host = /^@(?:\/\/)?[A-Za-z][\w-]*(?:[:/]|\.\w)/.exec(scan.text.slice(at, at + 128));
  return lead === null || host === null ? start : start - lead[1]!.length - 1;
}

/** Returns the end of `tcp(host:3306)/database`. */
function dataSourceEnd(scan: Scan, from: number): number {
  const found = /^(?:tcp6?|udp|unix)\([^()\s]{1,255}\)/.exec(scan.text.slice(from, from + 270));
  return found === null ? 0 : urlEnd(scan, from + found[0].length);
}
