const longest = 40;
const form = /^[0-9A-Za-z][0-9A-Za-z._~-]*$/;

/**
 * Returns true if a text is a version as reports carry it: SemVer, calendar versions, two or four parts, editions and
 * channels (`1.4`, `24.04.1`, `16.1.2-ee`, `1.4.0-beta.3`, `nightly-2026-11-24`). At most 40 letters, digits, `.`, `-`, `_`
 * and `~`, a letter or digit first, with a digit in it, and without build metadata.
 */
export function isVersion(text: string): boolean {
  return text.length <= longest && form.test(text) && /\d/.test(text) && !/^v\d/i.test(text);
}

/** Returns a version as reports carry it: without white space around it, a `v` before it, and build metadata (`+…`). */
export function versionOf(text: string): string {
  return text
    .trim()
    .replace(/^v(?=\d)/i, '')
    .replace(/\+.*/s, '');
}
