/**
 * Compiles a `pattern` of JSON Schema: ECMA-262 with `u`, or without it, since many patterns escape more than it allows.
 * Returns undefined where it is neither, such as `(?i)…` of another language.
 */
export function compilePattern(source: string): RegExp | undefined {
  return compileWith(source, 'u') ?? compileWith(source, '');
}

/** What a pattern of another language most likely means, flags such as `(?i)` read as "whatever the case"; for doubt only. */
export function guessPattern(source: string): RegExp | undefined {
  return compileWith(source.replace(/^(?:\(\?[a-zA-Z]+\))+/, ''), 'i');
}

function compileWith(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

// Steps for one text; a hostile text must not hold up who verifies it.
const mostSteps = 1_000_000;

/**
 * Returns true if a pattern is certain to be decided in linear time, or in few steps for texts of `maxLength`.
 * It errs on the side of false: repeated groups that repeat something, references and lookarounds are not examined.
 */
export function isFastPattern(source: string, maxLength: number = Infinity): boolean {
  if (!source.startsWith('^') || compilePattern(source) === undefined) return false;
  if (/\\[1-9k]|\(\?(?!:|<[^=!])/.test(source)) return false;
  // What one sign may be does not matter, only how often it may come.
  const atoms = source.replace(/\\(?:[pPu]\{[^}]*\}|[^])/g, 'x');
  const shape = atoms.replace(/\[[^\]]*\]/g, 'x');
  if (/\([^()]*[*+{|(][^]*\)(?:[*+]|\{)/.test(shape)) return false;
  const counts = Array.from(shape.matchAll(/\{(?:\d+,)?(\d+)\}/g), ([, most]) => Number(most));
  const bounded = counts.reduce((product, count) => product * Math.max(count, 1), 1);
  const open = Array.from(shape.matchAll(/[*+]|\{\d+,\}/g)).length;
  return open <= 1 ? bounded <= 1_000 : bounded * maxLength ** open <= mostSteps;
}
