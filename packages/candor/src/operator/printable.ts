// Control characters except line breaks and tabs, and characters that change how other text is shown: direction,
// joiners, separators.
const hidden = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Returns a text whose control characters are written out, as `\u202e`, so that no terminal or page obeys them. */
export function printable(text: string): string {
  return text.replaceAll(hidden, (found) =>
    Array.from(
      { length: found.length },
      (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
