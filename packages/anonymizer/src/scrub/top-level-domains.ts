import { domains } from './domains.js';
import { unicode } from './lazy.js';

// Used inside organisations below a name of their own, as in `dc01.acme.ad`.
const deepInside: ReadonlySet<string> = new Set(
  'ad loc home priv private intern intra stage staging hq dmz office ops mgmt svc consul domain localnet fritz lab'.split(
    ' ',
  ),
);
const longest = 24;

// Scripts without spaces between words: the text after the domain may be the sentence.
const unspaced = unicode(String.raw`^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Lao}]`);
// An underscore joins another word, except for domains that are never names of members in programs.
const unmistakable = /^(?:com|net|org|edu|gov|local|internal|corp|lan)(?=_)/;
// The next two expressions would find the same in a plain label, but slower.
const plainWord = /^\w+(?!\w|[^\0-\x7f])/;
const firstWord = unicode(String.raw`^[\p{L}\p{M}\p{N}]+`);
const firstLatinWord = unicode(String.raw`^[\p{sc=Latin}\p{M}\p{N}_]+`);

/**
 * Returns true if a domain's label, in lower case, is a top-level domain or begins with one as a word of its own
 * (`com-backup`, `com%2Fpath`, `中国に`). `index` is its position in the name.
 */
export function beginsWithTopLevelDomain(label: string, index: number): boolean {
  if (domains().all.has(label)) return true;
  if (/^[a-z\d]*$/.test(label)) return index > 1 && deepInside.has(label);
  if (label.startsWith('xn--') && label.length > 4) return true;
  // Anything longer cannot be one, and this keeps the work per label small.
  const head = label.slice(0, longest * 2);
  const plain = plainWord.exec(head)?.[0];
  if (unmistakable.test(head)) return true;
  if (plain !== undefined) return domains().all.has(plain) || (index > 1 && deepInside.has(plain));
  const word = firstLatinWord().exec(head)?.[0] ?? firstWord().exec(head)?.[0];
  if (word === undefined) return false;
  return domains().all.has(word) || (unspaced().test(word) && beginsWithAny(word));
}

function beginsWithAny(word: string): boolean {
  for (let length = Math.min(word.length, longest); length > 0; length -= 1) {
    if (domains().all.has(word.slice(0, length))) return true;
  }
  return false;
}
