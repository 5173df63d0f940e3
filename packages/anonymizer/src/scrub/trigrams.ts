/** How many trigrams there are. */
export const trigramCount = 32_768;

/** Returns the three characters before a position, as five bits of each, which ignores case. */
export function trigram(text: string, end: number): number {
  // Reading outside the text would slow all later calls.
  const first = end > 2 ? text.charCodeAt(end - 3) : 0;
  const second = end > 1 ? text.charCodeAt(end - 2) : 0;
  const third = end > 0 ? text.charCodeAt(end - 1) : 0;
  return ((first & 31) << 10) | ((second & 31) << 5) | (third & 31);
}

/** Returns the trigram that ends in a character, from the one that ends before it. */
export function nextTrigram(last: number, code: number): number {
  return ((last << 5) | (code & 31)) & (trigramCount - 1);
}

/** Returns the trigram that begins with a character, from the one that begins after it. */
export function previousTrigram(first: number, code: number): number {
  return (first >> 5) | ((code & 31) << 10);
}

/** Returns a table of trigrams, for a quick check that a text has none of them. */
export function trigramTable(trigrams: readonly string[]): Uint8Array {
  const table = new Uint8Array(trigramCount);
  for (const text of trigrams) table[trigram(text, 3)] = 1;
  return table;
}
