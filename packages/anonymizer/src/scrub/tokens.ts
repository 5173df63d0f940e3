import { spend } from './budget.js';
import { asciiKinds, kind } from './characters.js';
import { is, read, withoutEnd, type Detector, type Scan } from './scan.js';

interface TokenForm {
  readonly rule: string;
  /** The exact beginning of the token. */
  readonly start: string;
  /** Matches the text that must follow; applied to the next 64 characters. */
  readonly rest: RegExp;
}

const opaque10 = /^[\w.-]{10}/;
const opaque16 = /^[\w-]{16}/;
// A digit distinguishes `sk-…` from words joined by hyphens.
const mixed16 = /^(?=[\w-]{0,19}\d)[\w-]{16}/;
const hex32 = /^[\da-f]{32}/i;

// Most tokens are found by their shape. These are also recognised by their beginning, since a short one, an example, or
// one of capitals only does not look random.
const forms: readonly TokenForm[] = [
  ...forAll('@token:github', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'], opaque16),
  ...forAll(
    '@token:gitlab',
    [
      'glpat-',
      'gldt-',
      'glrt-',
      'glcbt-',
      'glptt-',
      'gloas-',
      'glsoat-',
      'glffct-',
      'glagent-',
      'glimt-',
      'glft-',
    ],
    opaque16,
  ),
  ...forAll(
    '@token:slack',
    ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxo-', 'xoxe-', 'xoxe.', 'xoxc-', 'xoxd-', 'xapp-'],
    opaque10,
  ),
  ...forAll('@token:stripe', ['sk_', 'rk_', 'pk_'], /^(?:live|test|prod)_[\w-]{10}/),
  ...forAll('@token:stripe', ['whsec_'], opaque16),
  ...forAll('@token:google', ['ya29.', 'GOCSPX-'], opaque16),
  ...forAll('@token:npm', ['npm_'], /^[A-Za-z\d]{30}/),
  ...forAll('@token:pypi', ['pypi-'], opaque16),
  ...forAll('@token:rubygems', ['rubygems_'], hex32),
  ...forAll('@token:docker', ['dckr_pat_', 'dckr_oat_'], opaque16),
  ...forAll('@token:vault', ['hvs.', 'hvb.', 'hvr.'], opaque16),
  ...forAll('@token:vault', ['s.', 'b.', 'r.'], /^[A-Za-z\d]{24}(?![A-Za-z\d])/),
  ...forAll('@token:digitalocean', ['dop_v1_', 'doo_v1_', 'dor_v1_'], hex32),
  ...forAll('@token:shopify', ['shpat_', 'shpca_', 'shppa_', 'shpss_'], opaque16),
  ...forAll('@token:sendgrid', ['SG.'], /^[\w-]{16,}\.[\w-]{8}/),
  ...forAll('@token:huggingface', ['hf_', 'api_org_'], /^[A-Za-z]{30}/),
  ...forAll('@token:grafana', ['glsa_', 'glc_'], opaque16),
  ...forAll('@token:tailscale', ['tskey-'], /^[a-z]+-[\w-]{10}/),
  ...forAll('@token:newrelic', ['NRAK-', 'NRII-', 'NRJS-'], opaque16),
  ...forAll('@token:openai', ['sk-'], mixed16),
  ...forAll('@token:age', ['AGE-SECRET-KEY-1'], opaque16),
  // Stored passwords: bcrypt, Apache's MD5, crypt(3), Argon2, and htpasswd's SHA-1.
  ...forAll(
    '@hash:password',
    ['$2a$', '$2b$', '$2x$', '$2y$', '$apr1$', '$1$', '$5$', '$6$', '$7$', '$y$'],
    /^[\w./$=,+-]{16}/,
  ),
  ...forAll('@hash:password', ['$4096:'], /^[\w+/=]{8,32}\$/),
  ...forAll('@hash:password', ['$argon2i$', '$argon2d$', '$argon2id$', '$scrypt$'], /^[\w./$=,+-]{16}/),
  ...forAll(
    '@hash:password',
    ['{SHA}', '{SSHA}', '{SHA256}', '{SSHA512}', '{CRYPT}', '{MD5}'],
    /^[\w+/$.]{16}/,
  ),
];

// The forms by their text up to the first character that is not a letter or digit.
const byHead: ReadonlyMap<string, readonly TokenForm[]> = byBeginning(forms);

/** Tokens that are recognised by their beginning, looked for at the `-`, `_` or `.` in it. */
export const tokens: Detector = (scan, joiner, floor) => {
  let start = joiner;
  while (start > floor && joiner - start < 12 && is(scan, start - 1, kind.alnum)) start -= 1;
  start += escapeLength(scan, start);
  return beginning(scan, start, read(scan, start, joiner + 1)) ?? floor;
};

/** Stored passwords, with the user before them, looked for at their `$` or `{`. */
export const hashes: Detector = (scan, at, floor) => {
  const vault = /^\$ANSIBLE_VAULT;[\w.;-]{1,64}(?:\s{1,32}[\da-f]{16,96})*/.exec(
    scan.text.slice(at, at + 65_536),
  )?.[0];
  if (vault !== undefined) {
    scan.report(at, at + vault.length, '@hash:password');
    spend(scan.work, vault.length);
    return at + vault.length;
  }
  const end = beginning(scan, at, scan.text[at]!);
  if (end === undefined) return floor;
  if (scan.text[at - 1] === ':') scan.report(lineBefore(scan, at - 1, floor), at, '@credentials:user');
  return end;
};

/** PEM blocks, and keys of PuTTY, to their end or, where the end was cut off, to the end of the text. */
export const pem: Detector = (scan, at, floor) => {
  const { text } = scan;
  const putty = text.startsWith('PuTTY-User-Key-File', at - 5);
  if (!putty && !/^-{4,5} ?BEGIN /.test(text.slice(at, at + 12))) return floor;
  const footer = putty ? -1 : text.slice(at + 5).search(/-{4,5} ?END /);
  const dashes = footer < 0 ? -1 : text.indexOf('----', at + footer + 12);
  const end = dashes < 0 ? text.length : dashes + (text[dashes + 4] === '-' ? 5 : 4);
  spend(scan.work, end - at);
  return scan.report(putty ? at - 5 : at, end, '@pem');
};

/** Returns the end of a token that was recognised up to `from`; a final dot belongs to the sentence. */
export function tokenEnd(scan: Scan, from: number): number {
  let at = from;
  while (is(scan, at, kind.alnum | kind.ignorable) || /[-_.~+/=$,:]/.test(scan.text[at] ?? ' ')) at += 1;
  spend(scan.work, at - from + 1);
  return withoutEnd(scan, from, at, '.,:');
}

function beginning(scan: Scan, start: number, head: string): number | undefined {
  const form = byHead.get(head)?.find((candidate) => matches(scan, start, candidate));
  if (form === undefined) return undefined;
  const end = tokenEnd(scan, start + form.start.length);
  return scan.report(start, end, form.rule);
}

function matches(scan: Scan, at: number, form: TokenForm): boolean {
  if (!scan.text.startsWith(form.start, at)) return false;
  const from = at + form.start.length;
  return form.rest.test(read(scan, from, from + 64));
}

/**
 * Returns the length of an escape before a token, `%3D` or a written `\n`, whose last characters look like the token's
 * first.
 */
function escapeLength(scan: Scan, start: number): number {
  const last = scan.text[start - 1];
  if (last === '%' && is(scan, start, kind.hex) && is(scan, start + 1, kind.hex)) return 2;
  return last === '\\' && /[nrt]/.test(scan.text[start] ?? '') ? 1 : 0;
}

/** Returns the start of the text without spaces, quotes and separators that ends before `to`. */
function lineBefore(scan: Scan, to: number, floor: number): number {
  const least = Math.max(floor, to - 128);
  let start = to;
  while (start > least && !/[\s"'`,;=]/.test(scan.text[start - 1]!)) start -= 1;
  spend(scan.work, to - start);
  return start;
}

function forAll(rule: string, starts: readonly string[], rest: RegExp): TokenForm[] {
  return starts.map((start) => ({ rule, start, rest }));
}

function byBeginning(all: readonly TokenForm[]): ReadonlyMap<string, readonly TokenForm[]> {
  const groups = new Map<string, TokenForm[]>();
  for (const form of all) {
    let end = 0;
    while ((asciiKinds[form.start.charCodeAt(end)]! & kind.alnum) !== 0) end += 1;
    const head = form.start.slice(0, end + 1);
    const group = groups.get(head);
    if (group === undefined) groups.set(head, [form]);
    else group.push(form);
  }
  return groups;
}
