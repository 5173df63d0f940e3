import { domains } from './domains.js';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

// Top-level domains that are also file extensions.
const extensions = set(
  'sh py rs md ml mm ms mo la cc pl ps tf tc so zip mov app st bz gz hs cs vb as ai pm cl sc kt',
);
/** The length of the longest of them. */
export const longestExtension: number = Math.max(...Array.from(extensions, ({ length }) => length));
// Further words of program text.
const words = set('add cache story web yes type schedule');
// Objects whose members programs read; never the first label of a host that would identify its owner.
const objects = set(
  'foo bar baz my self this super obj object user users console window document logger log logging list array arr ' +
    'map dict set str string json math system process os fs path io sys net http https req request res response ctx ' +
    'context event evt elem element node item items data row record result config cfg conf settings opts options args ' +
    'arg params props state session module exports export number date promise react vue angular jquery page form ' +
    'field input output file files dir time datetime re random model view util utils helper common client conn ' +
    'connection socket stream buffer buf reader writer parser token tokens cls func fn app job task thread worker ' +
    'queue match error err value values key keys entry entries type types class method schema table column query ' +
    'cursor db plugin info meta metadata header headers cookie cookies route router events message msg point color ' +
    'style child parent root left right start end attr group groups team repo branch commit build test suite runner ' +
    'spec pkg package project pod container image volume spring quarkus micronaut django flask express next nuxt ' +
    'docker label labels annotation tag tags env vars steps inputs outputs secrets matrix github needs traefik com ' +
    'org function regexp assert errors strings bytes sync sort reflect testing runtime symbol proxy performance ' +
    'inspector timers consumer producer',
);
// Top-level domains that hosts have, as `app.acme.cloud`, but nested members do not.
const ofHosts = set('cloud codes hosting software solutions systems tech technology university');
// Products whose names are domains, the groups of Kubernetes' API, and two calls.
const products =
  /^(?:(?:asp|vb|ado|ml)\.net|(?:socket|draw)\.io|last\.fm|rc\.local|(?:sys|process)\.exit|(?:[a-z-]+\.)*kubernetes\.io|(?:(?:rbac\.)?auth[a-z]+|(?:gateway\.)?networking|(?:snapshot\.)?storage|metrics|policy|api[a-z]+|admissionregistration|autoscaling|certificates|coordination|discovery|events|flowcontrol\.apiserver|node|resource|scheduling)\.(?:x-)?k8s\.io)$/;
const registries = /^(?:com|net|org|edu|gov)$/;
const sourceEnd = /^(?:[cm]?[jt]sx?|css|json|map)$/;
// The most labels of a product's name.
const mostLabels = 6;
// A source map, a template or a copy of a file.
const fileEnd =
  /^(?:[cm]?[jt]sx?|s?css|less|html?|json|ya?ml|toml|xml|d|conf|cfg|ini|log|tar|sh|py|rb|go|rs|java|min)$/;
const roots = set(
  'system java javax jakarta kotlin kotlinx scala groovy android androidx microsoft windows org com net io dev',
);
const stems = set(
  'main index test tests setup settings config configure conf deploy deployment install uninstall build run start ' +
    'stop restart init entrypoint script scripts lib libs mod util utils helper helpers readme changelog license ' +
    'contributing contributors security example examples sample server client manage wsgi asgi models views urls ' +
    'forms admin conftest module schema package types common base core backup restore bootstrap update upgrade ' +
    'release publish clean lint format check healthcheck wait-for-it env environment constants const errors ' +
    'exceptions handlers handler routes router app api cli cmd tasks task worker jobs job celery gunicorn fabfile ' +
    'noxfile makefile dockerfile cargo rakefile gemfile fixtures fixture factory factories utilities tools tool ' +
    'migrate migration migrations seed loader parser lexer token ast compiler interpreter runtime engine plugin ' +
    'plugins hello demo foo bar baz file output input data archive source src dist bundle notes todo guide faq index2 ' +
    'intro overview tutorial reference usage design architecture authors code-of-conduct renew cron daily rotate ' +
    'run-tests pre-install entry launch provision',
);

/** The context of a name: in a file's path, in program text, or anywhere else. */
export type Context = 'path' | 'program' | 'text';

/**
 * Returns true if a name, whose label at `index` is a top-level domain, is a name of a program: a member (`user.name`),
 * a class (`java.util.List`), a file (`deploy.sh`) or a pre-release version.
 *
 * A host with such a name is missed; the lists contain names that programs use and people seldom give to hosts.
 */
export function namesCode(labels: readonly string[], index: number, context: Context): boolean {
  if (isFile(labels[index - 1]!, labels[index]!)) return true;
  // In `new-ui` and `app-sandbox` only the first word is the top-level domain.
  const domain = /^[a-z]+(?=[-_])/.exec(labels[index]!)?.[0] ?? labels[index]!;
  const before = labels[index - 1]!;
  const last = index === labels.length - 1 && domain === labels[index];
  if (/^v?\d+$/.test(labels[0]!) && /^\d+$/.test(labels[1]!) && /^\d+[-+]/.test(labels[2] ?? '')) return true;
  if (extensions.has(domain)) {
    if (!last || context !== 'text' || before.slice(1).includes('_') || stems.has(before)) return true;
    if (/^[a-z]{3,}(?:-[a-z]{3,})+$/.test(before) && before.length >= 12) return true;
    if (domain === 'so') return before.startsWith('lib');
  }
  if ((labels.length <= mostLabels && products.test(labels.join('.'))) || isPart(labels, index)) return true;
  if (labels.length > 2 && roots.has(labels[0]!) && (!last || isWord(domain))) return true;
  if (!isWord(domain)) return false;
  return (
    !last ||
    context === 'program' ||
    domains().closedWords.has(domain) ||
    (objects.has(labels[0]!) && !isHostOfOwner(labels, domain)) ||
    isMember(labels, before)
  );
}

/** Returns true for a word of program text, which may be a top-level domain. */
function isWord(label: string): boolean {
  return domains().words.has(label) || words.has(label);
}

/** Returns true if programs have files with this name and extension: `config.md`, `deploy.sh`. */
export function isFile(stem: string, extension: string): boolean {
  return extensions.has(extension) && stems.has(stem);
}

/** Returns true for `app.acme.cloud`, where `acme` is not a word of programs. */
function isHostOfOwner(labels: readonly string[], domain: string): boolean {
  return labels.length === 3 && ofHosts.has(domain) && !isWord(labels[1]!) && !objects.has(labels[1]!);
}

/** Returns true if a label is a part of the name of a module or a source file, as in `index.es.js` or `gi.docstring`. */
function isPart(labels: readonly string[], index: number): boolean {
  const last = labels.at(-1)!;
  if (index === labels.length - 1 || registries.test(labels[index]!)) return false;
  return (
    sourceEnd.test(last) ||
    (index === labels.length - 2 && /^[a-z]{5,}$/.test(last) && labels[index]!.length === 2)
  );
}

/** Returns true if the label before a word is not a host's: a number, a variable, a file, another member. */
function isMember(labels: readonly string[], before: string): boolean {
  if (labels.length === 2)
    return before.length === 1 || before.endsWith('error') || /[a-z\d]_[a-z\d]/.test(before);
  return (
    /^\d+$/.test(before) ||
    fileEnd.test(before) ||
    (labels.length > 3 && (isWord(before) || objects.has(before))) ||
    labels.some((label, at) => /[a-z\d]_[a-z\d]/.test(label) || (at > 0 && label.startsWith('_')))
  );
}
