import { ignorables } from './lazy.js';
import { asciiKinds, kind } from './characters.js';
import { nextTrigram, previousTrigram, trigramTable } from './trigrams.js';

/**
 * The kind of a name's value: a secret, a likely secret, a header with one, a user or account, a host, or a likely
 * host.
 */
export type NameKind = 'secret' | 'weak' | 'header' | 'user' | 'host' | 'weak-host';

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

// Matches anywhere in a name without its separators.
const within =
  /pass?w(?:or[dt]|r?d)|passphrase|passcode|pwd|secret(?!ar)|credential|apikey|mnemonic|(?:access|account|private|signing|encryption|decryption|master|shared|auth|session|license|deploy|storage|instrumentation|publishable|consumer|client|webhook|crypto|cipher|jwt|aes)key|token(?!iz|ise)|bearer|connectionstring|(?:store|key|trust)pass|(?:activation|recovery|backup|verification|access|unlock|security|confirmation|onetime|fa|zugangs)code|(?:seed|recovery)phrase|securityanswer|hmac|motdepasse|senha|sifre|lozinka|geslo|slapta[zž]odis|kennwort|l[oö]senord|wachtwoord|heslo|jelsz[oó]|adgangskode|passord|khẩu|sandi|κωδικ[oό]ς|المرور|contrase[nñ]a|parola|haslo|hasło|salasana|şifre|парол[ьа]|секрет|токен|密码|密碼|口令|密钥|パスワード|비밀번호|암호|סיסמה|รหัสผ่าน|पासवर्ड/u;
const secretWords = set(
  'pass passe passw pw pword pswd psw pswrd psswd mdp pin otp totp cvv psk clave dbpass userpass sshpass pgpass ' +
    'rootpass requirepass masterauth masterpass',
);
// `passThrough` and `pinCount` are not secrets.
const carriesOn =
  /^(?:through|thru|list|if|on|fail|failed|count|rate|stmt|criteria|filter|number|mode|config)$/;
const weakWords = set(
  'key keys auth authorization sig signature salt seed nonce sid session sessionid sess jsessionid phpsessid csrf ' +
    'xsrf hash digest pin otp totp cred creds jwt sas cookie cookies webhook cert fingerprint assertion verifier ' +
    'community',
);
// Not secret, but of one installation.
const weakPairs = set('clientid appid applicationid consumerid accessid');
const headerWords = set('authorization cookie setcookie proxyauthorization xauthorization cookies');
const userWords = set(
  'user users admins owners members username userid login uid account accountname binddn runas usr uname upn userprincipalname samaccountname ' +
    'owner logonname remoteuser authuser logname nick nickname screenname principal benutzer benutzername usuario ' +
    'utilisateur utente gebruiker gebruikersnaam brukernavn användarnamn пользователь логин 用户 用户名 用戶 ユーザー名 사용자',
);
const userPairs = set(
  'username userid screenname loginname accountname binddn runas principalname accountid projectid ownerid resourcegroup tenantid subscriptionid orgid ' +
    'organizationid workspaceid customerid gcpproject cloudproject',
);
const people =
  /(?:first|last|full|real|sur|given|family|customer|employee|remote)name$|^(?:git)?(?:author|committer|maintainer|assignee|reviewer|employee|customer)(?:s|name)?$|(?:created|updated|modified|deployed|authored|signedoff|reviewed|reported|suggested|tested|acked|requested|approved|submitted|assigned)(?:by|to)$|^(?:git(?:hub|lab))?actor$/;
const hostWords = set(
  'hosts server servers servername datasource broker brokers bootstrapserver bootstrapservers upstream gateway ' +
    'nameserver computername machinename nodename computer bucket bucketname contactpoints peers seeds replicas ' +
    'address addr',
);
// Names whose value is always a host, whatever it looks like.
const surelyHosts =
  /^(?:ip|mac|hwaddr|bssid)$|(?:ip|mac)addr(?:ess)?$|(?:host(?:name)?|hostexception|fqdn|proxyjump|(?:smtp|mail|db|sql|dns|ntp|ldap|imap|proxy)server)$/;
// The end of a name that only describes a secret, or its beginning.
const lastWords = set(
  'name names type types kind ttl expiry expires expired expiration exp timeout lifetime length len size count limit ' +
    'policy policies enabled disabled required format alg algorithm version issuer audience scope scopes prefix suffix ' +
    'header field param parameter store manager provider source ref rotation interval age bucket position usage budget ' +
    'cost space vault class mode max min bits encoding charset label description endpoint url uri duration only ' +
    'method methods protocol ring board map words',
);
const firstWords = set(
  'max min num n total has is use uses enable disable allow allowed require show hide skip no count',
);

const confusables: Readonly<Record<string, string>> = {
  а: 'a',
  с: 'c',
  е: 'e',
  о: 'o',
  р: 'p',
  ѕ: 's',
  у: 'y',
  х: 'x',
  і: 'i',
  к: 'k',
  т: 't',
  ԁ: 'd',
  ѡ: 'w',
  ο: 'o',
  α: 'a',
  ρ: 'p',
  κ: 'k',
  ν: 'v',
};

const letters = [...'abcdefghijklmnopqrstuvwxyz_'];
// The beginning of a part of every name that is searched for, and of every word that a name can precede.
const trigrams = trigramTable([
  ...(
    'pas psw hes jel kod cod san com nic scr ben usu uti ute geb bru pri mac sec cre key tok bea con hma sen ken los wac ' +
    'par has sal mdp pin otp cvv cla mas aut sig see non ses csr xsr dig psk mne jwt sas coo web cer ass ver usr use acc ' +
    'bin run una upn own log pro org hos ser sou bro boo fqd ups gat mot str tex cha val def dat phr nam wor fie pss sif ' +
    'buc pee loz esl sla nsw uth mmi nta gne vie plo tom dby _by mby dmi cto mpu ica ddr'
  ).split(' '),
  ...letters.flatMap((letter) => [`pw${letter}`, `${letter}pw`, `${letter}id`]),
]);
const shortestName = 4;

/** Returns false if a part of a text certainly names nothing: most names, at a tenth of the cost of reading one. */
export function mayNameSecret(text: string, start: number, end: number): boolean {
  if (end - start < shortestName) return true;
  let last = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    last = nextTrigram(last, code);
    if (code > 127 || (trigrams[last] === 1 && at >= start + 2)) return true;
  }
  return false;
}

/** The same of the name before `end`, which is read no further back than `least`, in one loop. */
export function endsNameOfSecret(text: string, least: number, end: number): boolean {
  let first = 0;
  for (let at = end - 1; at >= least; at -= 1) {
    const code = text.charCodeAt(at);
    if (code > 127) return true;
    if ((asciiKinds[code]! & kind.host) === 0) return end - at - 1 < shortestName;
    first = previousTrigram(first, code);
    if (trigrams[first] === 1 && at <= end - 3) return true;
  }
  return end - least < shortestName;
}

/** Returns the kind of a written name's value, or undefined if the name says nothing about it. */
export function nameKind(written: string): NameKind | undefined {
  if (!mayNameSecret(written, 0, written.length)) return undefined;
  const words = wordsOf(written);
  const joined = words.join('');
  const last = words.at(-1);
  if (last === undefined) return undefined;
  if (headerWords.has(joined) || headerWords.has(words.slice(-2).join(''))) return 'header';
  const quality = words.length > 1 && (lastWords.has(last) || firstWords.has(words[0]!));
  if (
    within.test(joined) ||
    words.some(
      (word, at) => (secretWords.has(word) || /..pw$/.test(word)) && !carriesOn.test(words[at + 1] ?? ''),
    )
  ) {
    // `password.equals` is not a plural.
    const isPlural = /(?<!pas|equal)s$/.test(last);
    return quality ? undefined : isPlural ? 'weak' : 'secret';
  }
  const lastTwo = words.slice(-2).join('');
  if (userWords.has(last) || userPairs.has(lastTwo) || joined === 'u' || people.test(joined)) return 'user';
  if (surelyHosts.test(joined)) return 'host';
  if (hostWords.has(last) || hostWords.has(lastTwo)) return 'weak-host';
  if (quality) return undefined;
  return weakPairs.has(lastTwo) || words.some((word) => weakWords.has(word)) ? 'weak' : undefined;
}

/** Returns the kind by the first of several names that says something. */
export function firstNameKind(names: readonly (string | undefined)[]): NameKind | undefined {
  return names.map((name) => nameKind(name ?? '')).find((found) => found !== undefined);
}

function wordsOf(written: string): readonly string[] {
  const name = /^[\0-\x7f]*$/.test(written) ? written : plain(written);
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '');
}

/**
 * Returns the name as people read it: without invisible characters, with compatibility forms resolved and look-alikes
 * in Latin.
 */
function plain(written: string): string {
  const visible = written.replace(ignorables(), '').slice(0, 64).normalize('NFKC');
  if (!/[a-z]/i.test(visible)) return visible;
  return inLatin(visible);
}

/** Returns a text with Greek and Cyrillic letters replaced by the Latin ones that they look like. */
export function inLatin(text: string): string {
  return text.replace(/[\u0370-\u052f]/g, (letter) => confusables[letter] ?? letter);
}
