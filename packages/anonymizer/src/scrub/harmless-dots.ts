import { asciiKinds, kind } from './characters.js';
import { isFile, longestExtension } from './own-names.js';

const code = { dot: 46, zero: 48, nine: 57 };
const longestFile = 32;
const longestNumbers = 16;

/**
 * Returns false at the dots of most versions and files, which is faster than reading them: of fewer than four numbers,
 * and before a file extension that programs use.
 */
export function mayBeHost(text: string, dot: number): boolean {
  if (isNumber(text.charCodeAt(dot + 1))) return !isVersion(text, dot);
  let end = dot + 1;
  while (end - dot <= longestExtension && isInName(text, end)) end += 1;
  if (isInName(text, end)) return true;
  let start = dot;
  while (dot - start <= longestFile && isInName(text, start - 1)) start -= 1;
  return dot - start > longestFile || !isFile(text.slice(start, dot), text.slice(dot + 1, end));
}

function isVersion(text: string, dot: number): boolean {
  let start = dot;
  while (start > 0 && dot - start < longestNumbers && isNumber(text.charCodeAt(start - 1))) start -= 1;
  let end = dot;
  while (end < text.length && end - dot < longestNumbers && isNumber(text.charCodeAt(end))) end += 1;
  if (isInName(text, start - 1) || isInName(text, end)) return false;
  let dots = 0;
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) === code.dot) dots += 1;
  return dots < 3 && !text.startsWith('127.', start);
}

/** Returns true if a host name continues at a position; any character that is not ASCII may be part of one. */
function isInName(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return false;
  const found = text.charCodeAt(at);
  return found > 127 || (asciiKinds[found]! & kind.host) !== 0;
}

function isNumber(found: number): boolean {
  return found === code.dot || (found >= code.zero && found <= code.nine);
}
