import { SchemaError } from './schema-error.js';

/** The path segment for any member of a map or list; written `*`. */
export const anyMember: unique symbol = Symbol.for('candor.anyMember');

/** One segment of a path: a key, a position in a list, or any member. */
export type PathSegment = string | number | typeof anyMember;

// Characters that would read as part of the path's syntax, or that are invisible.
const special = String.raw`.\/[\]*"\\\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}`;
const bareKey = new RegExp(`^[^${special}]+$`, 'u');
const nextSegment = new RegExp(String.raw`(?:\*|[^${special}]+|"(?:[^"\\]|\\.)*")(?:\.(?=.)|$)`, 'uy');
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Returns a path as text: keys joined by dots, `*` for any member of a map or list. A key that is empty or contains one
 * of `. / [ ] * " \`, white space or control characters is written as a JSON string.
 */
export function formatPath(path: readonly PathSegment[]): string {
  return path.map(formatSegment).join('.');
}

function formatSegment(segment: PathSegment): string {
  if (typeof segment === 'symbol') return '*';
  const key = String(segment);
  return bareKey.test(key) ? key : JSON.stringify(key).replace(invisible, escapeUnits);
}

// Escapes characters that a terminal would interpret.
function escapeUnits(sign: string): string {
  return sign
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/** Reads what `formatPath` returns; an empty text is the root. Throws `ERR_PATH` on anything else. */
export function parsePath(text: string): (string | typeof anyMember)[] {
  const segments: (string | typeof anyMember)[] = [];
  nextSegment.lastIndex = 0;
  for (let end = 0; end < text.length; end = nextSegment.lastIndex) {
    const [match] = nextSegment.exec(text) ?? [];
    if (match === undefined) throw notAPath();
    segments.push(readSegment(match.endsWith('.') ? match.slice(0, -1) : match));
  }
  return segments;
}

function readSegment(written: string): string | typeof anyMember {
  if (written === '*') return anyMember;
  if (!written.startsWith('"')) return written;
  try {
    return JSON.parse(written) as string;
  } catch {
    throw notAPath();
  }
}

function notAPath(): SchemaError {
  return new SchemaError(
    'ERR_PATH',
    'expected keys joined by dots, "*" for any member, and a key with other signs as a JSON string',
  );
}
