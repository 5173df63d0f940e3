import { Problem } from '../problem.js';

/**
 * Parses JSON in UTF-8, with `ending` appended. Throws a `Problem` (400) without the parser's message, which quotes the
 * source.
 */
export function parseJson(
  bytes: Uint8Array,
  ending = '',
): { readonly value: unknown; readonly text: string } {
  try {
    const text = utf8.decode(bytes) + ending;
    return { value: JSON.parse(text) as unknown, text };
  } catch {
    throw new Problem('bad-json', 'The body is not JSON in UTF-8.');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Throws a `Problem` (400) if parsing lost a part of a JSON text: a repeated name in an object, or an integer beyond
 * 2^53 (RFC 7493, sections 2.2 and 2.3).
 */
export function checkLossless(text: string, value: unknown): void {
  // Text written by JSON.stringify, as nearly all reports are, is the same again.
  if (JSON.stringify(value) === text) return;
  const objects: Set<string>[] = [];
  for (const [token, isName] of text.matchAll(tokens)) {
    if (token === '{') objects.push(new Set());
    else if (token === '}') objects.pop();
    else if (token.startsWith('"')) {
      if (isName !== undefined) addName(objects.at(-1), token.slice(0, -isName.length));
    } else if (/^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token))) {
      throw new Problem('bad-json', 'The body has a whole number beyond 2^53.');
    }
  }
}

/** The tokens of a valid JSON text that matter here; a string that is a name includes its colon. */
const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*|[{}]/g;

function addName(names: Set<string> | undefined, token: string): void {
  const name = JSON.parse(token) as string;
  if (names?.has(name) === true) throw new Problem('bad-json', 'The body has an object with a name twice.');
  names?.add(name);
}
