const comparator = /^(?:(>=|<=|>|<|=)?)([0-9A-Za-z][0-9A-Za-z.+_-]*)$/;

/**
 * Returns true if a text is a version range: comparisons such as `>=3.1 <4` that must all hold, `=3.1.4` for exactly
 * that version, `3.1` for 3.1 and versions that begin with `3.1.` or `3.1-`, and `*` for every version.
 */
export function isVersionRange(text: string): boolean {
  if (text === '*') return true;
  return text.length <= 200 && text.split(' ').every((part) => comparator.test(part));
}

/** Returns a function that tests whether a version is in a range. Throws a `RangeError` for an invalid range. */
export function versionRange(range: string): (version: string) => boolean {
  if (!isVersionRange(range)) throw new RangeError('A version range must look like ">=3.1 <4" or "3.1".');
  if (range === '*') return () => true;
  const tests = range.split(' ').map((part) => {
    const [, operator = '', bound = ''] = comparator.exec(part) ?? [];
    return testOf(operator, bound);
  });
  return (version) => tests.every((test) => test(version));
}

function testOf(operator: string, bound: string): (version: string) => boolean {
  if (operator === '') return (version) => version === bound || /^[.-]/.test(cutStart(version, bound));
  if (operator === '=') return (version) => version === bound;
  return (version) => {
    // Versions without numbers, such as `other`, cannot be compared.
    if (!/^v?\d/.test(version)) return false;
    const order = compareVersions(version, bound);
    return operator.startsWith('>')
      ? order > 0 || (operator === '>=' && order === 0)
      : order < 0 || (operator === '<=' && order === 0);
  };
}

function cutStart(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : '';
}

/**
 * Compares two versions by their numbers, where a missing one is 0, then by their pre-release as SemVer 2.0.0 does;
 * negative if `a` is older. Ignores build metadata.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  const release = comparePieces(left.release, right.release, '0');
  if (release !== 0) return release;
  if (left.preRelease === undefined || right.preRelease === undefined) {
    return Number(left.preRelease === undefined) - Number(right.preRelease === undefined);
  }
  return comparePieces(left.preRelease, right.preRelease, undefined);
}

function parts(version: string): { release: string[]; preRelease: string[] | undefined } {
  const [text = ''] = version.replace(/^v/, '').split('+');
  const at = text.indexOf('-');
  return at < 0
    ? { release: text.split('.'), preRelease: undefined }
    : { release: text.slice(0, at).split('.'), preRelease: text.slice(at + 1).split('.') };
}

function comparePieces(a: readonly string[], b: readonly string[], missing: string | undefined): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const [left, right] = [a[at] ?? missing, b[at] ?? missing];
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    const order = comparePiece(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

function comparePiece(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  if (isNumber && Number(a) !== Number(b)) return Number(a) - Number(b);
  return isNumber || a === b ? 0 : a < b ? -1 : 1;
}
