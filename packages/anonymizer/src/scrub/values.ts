import { nameKind } from './names.js';
import { looksRandom, randomness } from './opaque.js';

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

// Values that describe a secret without revealing it.
const settings = set(
  'true false yes no on off null none nil undefined nan na tbd omit include same-origin required optional enabled ' +
    'disabled enable disable default defaults auto automatic manual basic digest bearer negotiate ntlm kerberos ldap ' +
    'oauth oauth2 oidc openid saml jwt jwks rbac abac acl anonymous never always allow deny prompt ask env file vault ' +
    'keyring keychain external internal inherit string str text bool boolean int integer number object array list map ' +
    'typeof new function bytes header query cookie body hidden redacted masked removed empty unset missing invalid ' +
    'expected unexpected not is was are and or the a an of for to in from with must should cannot can will be been ' +
    'has have authentication authorization password token secret key username user see change rotate id uuid secure ' +
    'httponly lax strict session read write buffer uint8array keyobject cryptokey',
);
// Accounts that many installations have.
const sharedAccounts = set(
  'root admin administrator user users guest nobody system service daemon www-data nginx apache app node me self owner ' +
    'default anonymous postgres mysql redis ubuntu debian ec2-user docker git runner group others everyone unknown local nonroot non-root input interface experience data',
);
// Words in place of a host that name none.
const sharedHosts = set(
  'host hosts hostname server database backend upstream broker cluster socket network name names keys port ports ' +
    'machine memory client proxy gateway address dns http https ssh table failed failure timeout interval request ' +
    'requests reply replies response success latency loss test tests check command commands agent sessions tunnel ' +
    'protocol config options output status error errors version support module record records traefik container pod ' +
    'web api tcp udp dial lookup getaddrinfo pong each peer remote',
);
// From this `randomness` on, letters are not a word.
const surelyNoWord = 5;
const algorithm =
  /^(?:rsa|dsa|ec|ecdsa|ecdh|ed|sha|shake|md|hs|rs|es|ps|aes|des|hmac|x|p|k|secp|curve|tls|http|oauth|v|utf|base|bcrypt|argon|pbkdf|a)[-_]?\d+/i;
const measure = /^[-+]?\d+(?:[.,:]\d+)*\s?[a-z%µ]{0,4}$/i;
const reference =
  /^(?:\$\{[^}]*\}|\$\([^)]*\)|\$\([a-z]+|\$[A-Z_][A-Z\d_]*|%[A-Z_]+%|\{\{[^{}]*(?:\}\}.*)?|\{%.*|<[\w .-]*>|\[[\w .-]*\]|\.\.\.|\*+|x+|\$\{\{.*|%[A-Za-z])$/s;
// `${NAME-…}`, whose default is a value.
const withDefault = /^\$\{[A-Z_][A-Z\d_]*-(.+)\}$/s;
// A variable, or a part of a template, with the name of a secret.
const variable = /^(?:\$\$?|#)\{?([A-Za-z_][\w.-]*)\}?$|^\{ ?([A-Za-z_][\w.-]*) ?\}$/;
// Expressions that read a value in program text: a call, a member, an element.
const objects =
  'process\\.env|os\\.environ|import\\.meta\\.env|env|settings|config|conf|cfg|options|opts|args|self|this|params|props|ctx|req|vars?|secrets|local|data|values';
const expression = new RegExp(
  `^(?:(?!ENC\\()[A-Za-z_$][\\w$.]*\\((?:[A-Za-z_$][\\w$.]*(?:, ?[A-Za-z_$][\\w$.]*)*(?:, ?)?)?\\)|(?:${objects})(?:\\.[A-Za-z_][\\w.]*|\\[))$`,
  'i',
);

/**
 * Returns true if the value of a name that certainly names a secret is one: anything except settings and references.
 */
export function isSecretValue(value: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(value) || isReference(value)) return false;
  if (/^\d+$/.test(value)) return value.length >= 4;
  if (value.length > 64) return true;
  return value.split(/\s+/).some((word) => !settings.has(bare(word)));
}

/** Returns true if the value of a name that may name a secret looks like one. */
export function looksSecret(value: string): boolean {
  if (value.length < 6 || isReference(value) || settings.has(bare(value))) return false;
  if (/^\d+$/.test(value)) return value.length >= 6;
  if (algorithm.test(value) && value.length < 12) return false;
  if (measure.test(value) || /^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}$/i.test(value)) return false;
  const words = value.split(/[^A-Za-z\d]+/);
  if (words.some(looksRandom)) return true;
  if (/^[A-Za-z]{8,}$/.test(value) && randomness(value) >= surelyNoWord) return true;
  if (/^[\w.]*\(/.test(value)) return false;
  if (/[/\\]/.test(value) && !/[=+]/.test(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w\s.,:/-]/].filter((form) => form.test(value)).length;
  return (
    kinds >= 3 ||
    (/\d/.test(value) && kinds >= 2 && (value.length >= 8 || !/^[a-z]+[-_]?\d{1,2}$/i.test(value)))
  );
}

/** Returns true if a part of a word, as in `bob:…` or `scott/…@orcl`, looks like a password. */
export function hasTypedPart(word: string): boolean {
  return looksTyped(word) || word.split(/[/:,@%=]/).some(looksTyped);
}

/** Returns true if the value of a name for users identifies a person. */
export function isUserName(value: string): boolean {
  if (!/\p{L}|\d{8}/u.test(value) || isReference(value) || value.length > 128) return false;
  // `root:root`
  return (
    !settings.has(bare(value)) &&
    value
      .toLowerCase()
      .split(':')
      .some((name) => !sharedAccounts.has(name))
  );
}

/** Returns true if a value could be a host without a domain: `dbprod`, `dbprod:5432`. */
export function isHostName(value: string): boolean {
  // An address as one number, or a hardware address of decimal digits.
  if (/^\d{8,12}$/.test(value)) return true;
  const name = /^([a-z][\w-]{2,62})(?:[:\\,/].*)?$/i.exec(value)?.[1];
  return name !== undefined && !isCommon(name) && !sharedHosts.has(name.toLowerCase());
}

/** Returns true if a value looks like such a host: `db-prod`, `SRVSQL01`. */
export function looksLikeHost(value: string): boolean {
  return isHostName(value) && /^[^:\\,/]*[-\d]/.test(value);
}

/**
 * Returns true for passwords as people and programs invent them: letters in both cases, digits or signs, and no word.
 */
function looksTyped(value: string): boolean {
  if (value.length < 7 || value.length > 64 || !/\d/.test(value) || !/^[\w!-/:-@^~]+$/.test(value))
    return false;
  if (!/[a-z]/.test(value) || !/[A-Z]|[!#$%&*@^~]/.test(value)) return false;
  return randomness(value.replace(/[^A-Za-z\d]/g, '')) >= 3;
}

/** Returns true if a value reveals nothing about its author: a setting, a shared account. */
export function isCommon(value: string): boolean {
  return (
    settings.has(bare(value)) ||
    sharedAccounts.has(value.toLowerCase()) ||
    value.toLowerCase() === 'localhost'
  );
}

function isReference(value: string): boolean {
  if (value.length > 64) return false;
  const byDefault = withDefault.exec(value)?.[1];
  if (byDefault !== undefined)
    return isCommon(byDefault) || isReference(byDefault) || nameKind(byDefault) !== undefined;
  if (reference.test(value) || expression.test(value)) return true;
  const [, named, inBraces] = variable.exec(value) ?? [];
  return nameKind(named ?? inBraces ?? '') !== undefined;
}

function bare(word: string): string {
  return word.toLowerCase().replace(/^[("'&*]+|[.,;:)"']+$/g, '');
}
