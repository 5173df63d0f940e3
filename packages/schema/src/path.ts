/**
 * Writes a path as text: segments joined by dots, a dot or backslash inside a segment escaped.
 * `*` stands for any member of a map or list.
 */
export function formatPath(segments: readonly (string | number)[]): string {
  return segments.map((segment) => String(segment).replace(/[\\.]/g, '\\$&')).join('.');
}

/** Reads what `formatPath` writes; the empty text is the root. */
export function parsePath(path: string): string[] {
  if (path === '') return [];
  const segments = [''];
  for (const [piece] of path.matchAll(/\\.|[^]/gu)) {
    if (piece === '.') segments.push('');
    else segments[segments.length - 1] += piece.length > 1 && piece.startsWith('\\') ? piece.slice(1) : piece;
  }
  return segments;
}
