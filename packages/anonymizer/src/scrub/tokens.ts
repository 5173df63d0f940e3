import { is, kind, type Rule, type Scan } from './scan.js';

interface TokenForm {
  readonly rule: string;
  /** How the token begins, to the letter. */
  readonly start: string;
  /** What must follow at once; it is given the next 64 characters. */
  readonly rest: RegExp;
}

const opaque16 = /^[\w-]{16}/;
const opaque30 = /^[\w-]{30}/;
// A digit tells `sk-…` from words joined by hyphens.
const mixed20 = /^(?=[\w-]{0,19}\d)[\w-]{20}/;
const hex32 = /^[\da-f]{32}/i;

const forms: readonly TokenForm[] = [
  // JSON in base64: a JWT, an encrypted one, or a registry's stored login.
  ...forAll('@token:jwt', ['eyJ'], /^[\w+/=-]{8}/),
  ...forAll('@token:aws', ['AKIA', 'ASIA', 'ABIA', 'ACCA'], /^[A-Z\d]{16}(?![A-Za-z\d])/),
  ...forAll('@token:github', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'], opaque16),
  ...forAll('@token:gitlab', ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'gloas-', 'glsoat-'], opaque16),
  ...forAll(
    '@token:slack',
    ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxe-', 'xoxe.', 'xapp-'],
    /^[\w.-]{10}/,
  ),
  ...forAll(
    '@token:stripe',
    ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'pk_live_', 'whsec_'],
    opaque16,
  ),
  ...forAll('@token:google', ['AIza'], opaque30),
  ...forAll('@token:google', ['ya29.', 'GOCSPX-'], opaque16),
  ...forAll('@token:npm', ['npm_'], /^[A-Za-z\d]{30}/),
  ...forAll('@token:pypi', ['pypi-AgE'], opaque16),
  ...forAll('@token:rubygems', ['rubygems_'], hex32),
  ...forAll('@token:docker', ['dckr_pat_', 'dckr_oat_'], opaque16),
  ...forAll('@token:vault', ['hvs.', 'hvb.', 'hvr.'], opaque16),
  ...forAll('@token:digitalocean', ['dop_v1_', 'doo_v1_', 'dor_v1_'], hex32),
  ...forAll('@token:shopify', ['shpat_', 'shpca_', 'shppa_', 'shpss_'], hex32),
  ...forAll('@token:sendgrid', ['SG.'], /^[\w-]{16,}\.[\w-]{8}/),
  ...forAll('@token:twilio', ['AC', 'SK'], /^[\da-f]{32}(?![\da-z])/),
  ...forAll('@token:huggingface', ['hf_'], opaque30),
  ...forAll('@token:grafana', ['glsa_', 'glc_'], opaque16),
  ...forAll('@token:newrelic', ['NRAK-'], opaque16),
  ...forAll('@token:openai', ['sk-'], mixed20),
  ...forAll('@token:telegram', ['bot'], /^\d{8,10}:[\w-]{30}/),
  ...forAll('@token:age', ['AGE-SECRET-KEY-1'], opaque16),
  ...forAll('@token:ssh', ['AAAAB3NzaC1', 'AAAAC3NzaC1', 'AAAAE2VjZHNhLX'], opaque16),
  // Stored passwords: bcrypt, Apache's MD5, crypt(3), Argon2, and htpasswd's SHA-1.
  ...forAll(
    '@hash:password',
    ['$2a$', '$2b$', '$2x$', '$2y$', '$apr1$', '$1$', '$5$', '$6$'],
    /^[\w./$=]{16}/,
  ),
  ...forAll(
    '@hash:password',
    ['$argon2i$', '$argon2d$', '$argon2id$', '$scrypt$', '$y$'],
    /^[\w./$=,+-]{16}/,
  ),
  ...forAll('@hash:password', ['{SHA}', '{SSHA}'], /^[\w+/]{20}/),
];

const byFirst: ReadonlyMap<string, readonly TokenForm[]> = new Map(
  [...new Set(forms.map(({ start }) => start[0]!))].map((first) => [
    first,
    forms.filter(({ start }) => start[0] === first),
  ]),
);

/** Tokens that can be told by how they begin: of clouds, code hosts, registries and vaults. */
export const tokens: Rule = (scan, report) => {
  for (let at = 0; at < scan.text.length; at += 1) {
    const candidates = byFirst.get(scan.text[at]!);
    if (candidates === undefined || !beginsHere(scan, at)) continue;
    const form = candidates.find((candidate) => matches(scan, at, candidate));
    if (form === undefined) continue;
    const end = tokenEnd(scan, at + form.start.length);
    report(at, end, form.rule);
    at = end - 1;
  }
  scan.work.steps += scan.text.length;
};

/** PEM blocks, to their end or, where the end was cut off, to the end of the text. */
export const pem: Rule = (scan, report) => {
  const { text } = scan;
  for (let at = text.indexOf('-----BEGIN '); at >= 0; at = text.indexOf('-----BEGIN ', at)) {
    const footer = text.indexOf('-----END ', at);
    const dashes = footer < 0 ? -1 : text.indexOf('-----', footer + 9);
    const end = dashes < 0 ? text.length : dashes + 5;
    report(at, end, '@pem');
    at = end;
  }
  scan.work.steps += text.length;
};

/** Where a token ends that has been recognised up to `from`; a final dot is the sentence's. */
export function tokenEnd(scan: Scan, from: number): number {
  let at = from;
  while (is(scan, at, kind.alnum | kind.ignorable) || /[-_.~+/=$,:]/.test(scan.text[at] ?? ' ')) at += 1;
  scan.work.steps += at - from + 1;
  while (at > from && /[.,:]/.test(scan.text[at - 1]!)) at -= 1;
  return at;
}

function forAll(rule: string, starts: readonly string[], rest: RegExp): TokenForm[] {
  return starts.map((start) => ({ rule, start, rest }));
}

function matches(scan: Scan, at: number, form: TokenForm): boolean {
  if (!scan.text.startsWith(form.start, at)) return false;
  const from = at + form.start.length;
  scan.work.steps += 64;
  return form.rest.test(scan.text.slice(from, from + 64));
}

/** Whether a token can begin here: not inside a word, but after `%3D` or a written `\n`. */
function beginsHere(scan: Scan, at: number): boolean {
  if (!is(scan, at - 1, kind.alnum)) return true;
  if (scan.text[at - 2] === '\\') return /[nrt]/.test(scan.text[at - 1]!);
  return scan.text[at - 3] === '%' && is(scan, at - 2, kind.hex) && is(scan, at - 1, kind.hex);
}
