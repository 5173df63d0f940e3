import { lazy } from './lazy.js';
import { foreign, written } from './written-domains.js';

/** Top-level domains in lower case. */
export interface Domains {
  readonly all: ReadonlySet<string>;
  /** Those that are also words of program text, so that `user.name` is not a host. */
  readonly words: ReadonlySet<string>;
  /** The words that are not open for registration by others. */
  readonly closedWords: ReadonlySet<string>;
}

// The signs of words, of those that are not open for registration, and the last one.
const [firstWord, firstClosed, lastSign] = [64, 80, 89];

/** All top-level domains; the sets are created by the first call. */
export const domains: () => Domains = lazy(() => {
  const read = foreign.split(' ').map((domain) => domain.replace(/..../g, readUnit));
  const all = new Set(read);
  const words = new Set<string>();
  const closedWords = new Set<string>();
  let domain = '';
  // A loop takes a quarter of the time of an expression: 1.5 ms of the first text instead of 6.
  for (let start = 0; start < written.length;) {
    const sign = written.charCodeAt(start);
    let end = start + 1;
    while (written.charCodeAt(end) > lastSign) end += 1;
    domain = domain.slice(0, sign & 15) + written.slice(start + 1, end);
    all.add(domain);
    if (sign >= firstWord) words.add(domain);
    if (sign >= firstClosed) closedWords.add(domain);
    start = end;
  }
  return { all, words, closedWords };
});

function readUnit(digits: string): string {
  return String.fromCharCode(parseInt(digits, 16));
}
