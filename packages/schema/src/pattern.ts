/**
 * Compiles a `pattern` of JSON Schema: ECMA-262 with `u`, or without, since many patterns escape more than `u` allows.
 * Returns undefined if it is invalid in both, such as `(?i)…` of another language, or if it would mean something else
 * there, such as `\Aa\z`, which without `u` are the letters A, a and z.
 */
export function compilePattern(source: string): RegExp | undefined {
  return compileWith(source, 'u') ?? (isForeign(source) ? undefined : compileWith(source, ''));
}

// What `u` refuses and JavaScript without it reads as plain characters: escaped letters and digits that mean nothing,
// `[[:alpha:]]`, `[a-z&&[^b]]`, `[a-z-[b]]` and `{,3}`.
function isForeign(source: string): boolean {
  const escapes = source.matchAll(
    /\\(?:x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|c[A-Za-z]|k<|0(?!\d)|[bBdDfnrsStvwW]|([^]))/g,
  );
  const isUnknown = [...escapes].some(([, sign]) => sign !== undefined && /[A-Za-z\d]/.test(sign));
  return isUnknown || /\[[:.=]\w+[:.=]\]|\[(?:[^\]\\]|\\[^])*(?:&&|-\[)|\{,\d/.test(source);
}

/**
 * Returns what a pattern of another language most likely means, with flags such as `(?i)` read as case-insensitive;
 * only for doubts.
 */
export function guessPattern(source: string): RegExp | undefined {
  const bare = source.replace(/^(?:\(\?[a-zA-Z]+\))+/, '');
  return isForeign(bare) ? undefined : compileWith(bare, 'i');
}

function compileWith(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

// The limit of steps for one text, so that a hostile text cannot block a verifier.
const mostSteps = 1_000_000;

/**
 * Returns true if a pattern certainly matches in linear time, or in few steps for texts of `maxLength`. When unsure it
 * returns false: it does not analyse nested repetitions, backreferences and lookarounds.
 */
export function isFastPattern(source: string, maxLength: number = Infinity): boolean {
  if (!source.startsWith('^') || compilePattern(source) === undefined) return false;
  if (/\\[1-9k]|\(\?(?!:|<[^=!])/.test(source)) return false;
  // Only the number of repetitions matters, not which characters match.
  const atoms = source.replace(/\\(?:[pPu]\{[^}]*\}|[^])/g, 'x');
  const shape = atoms.replace(/\[[^\]]*\]/g, 'x');
  if (/\([^()]*[*+{|(][^]*\)(?:[*+]|\{)/.test(shape)) return false;
  const counts = Array.from(shape.matchAll(/\{(?:\d+,)?(\d+)\}/g), ([, most]) => Number(most));
  const bounded = counts.reduce((product, count) => product * Math.max(count, 1), 1);
  const open = Array.from(shape.matchAll(/[*+]|\{\d+,\}/g)).length;
  return open <= 1 ? bounded <= 1_000 : bounded * maxLength ** open <= mostSteps;
}
