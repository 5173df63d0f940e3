import { parse } from 'smol-toml';
import { SyntaxIssue } from './syntax-issue.js';

/** A part of a text; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One name of a key, without its quotes. */
export interface TomlKey extends Span {
  readonly name: string;
}

/** A key with its value. */
export interface TomlPair {
  /** The names between the dots. */
  readonly keys: readonly TomlKey[];
  readonly value: TomlContent;
}

/** A value, a list of values, or a table on one line. */
export type TomlContent =
  | (Span & { readonly kind: 'scalar' })
  | (Span & { readonly kind: 'list'; readonly items: readonly TomlContent[] })
  | (Span & { readonly kind: 'table'; readonly pairs: readonly TomlPair[] });

/** A header with the pairs below it; the root, which comes first, has no header. */
export interface TomlTable {
  readonly header?: Span & { readonly keys: readonly TomlKey[]; readonly isArray: boolean };
  readonly pairs: readonly TomlPair[];
}

/** Finds the tables, keys and values of a text that is known to be valid TOML 1.1. */
export function readTomlSyntax(text: string): TomlTable[] {
  let at = 0;

  /** Moves behind a match of the pattern; returns false if it does not match here. */
  function pass(pattern: RegExp): boolean {
    pattern.lastIndex = at;
    const isThere = pattern.test(text);
    if (isThere) at = pattern.lastIndex;
    return isThere;
  }

  /** Moves behind a match of the pattern, and returns its span; throws if it does not match here. */
  function take(pattern: RegExp): Span {
    const start = at;
    // Without this, an invalid text would cause an endless loop.
    if (!pass(pattern)) throw new SyntaxIssue('not valid TOML');
    return { start, end: at };
  }

  function passBlank(): void {
    do pass(white);
    while (pass(comment));
  }

  function readKeys(): TomlKey[] {
    const keys: TomlKey[] = [];
    do {
      pass(white);
      const span = take(isQuote(text[at]) ? quoted : bare);
      keys.push({ name: nameOf(text.slice(span.start, span.end)), ...span });
      pass(white);
    } while (pass(dot));
    return keys;
  }

  function readPair(): TomlPair {
    const keys = readKeys();
    take(equals);
    return { keys, value: readContent() };
  }

  function readContent(): TomlContent {
    pass(white);
    const start = at;
    if (text[at] === '[') {
      const items = readMembers(']', readContent);
      return { kind: 'list', items, start, end: at };
    }
    if (text[at] === '{') {
      const pairs = readMembers('}', readPair);
      return { kind: 'table', pairs, start, end: at };
    }
    return { kind: 'scalar', ...take(isQuote(text[at]) ? quoted : plain) };
  }

  function readMembers<Member>(end: string, read: () => Member): Member[] {
    const members: Member[] = [];
    at += 1;
    passBlank();
    while (text[at] !== end) {
      members.push(read());
      passBlank();
      if (text[at] === ',') at += 1;
      passBlank();
    }
    at += 1;
    return members;
  }

  function readHeader(): TomlTable['header'] {
    const start = at;
    const isArray = text[at + 1] === '[';
    at += isArray ? 2 : 1;
    const keys = readKeys();
    at += isArray ? 2 : 1;
    return { keys, isArray, start, end: at };
  }

  let pairs: TomlPair[] = [];
  const tables: TomlTable[] = [{ pairs }];
  for (passBlank(); at < text.length; passBlank()) {
    if (text[at] === '[') tables.push({ header: readHeader(), pairs: (pairs = []) });
    else pairs.push(readPair());
  }
  return tables;
}

const white = /[ \t\r\n]+/y;
const comment = /#[^\n]*/y;
const dot = /\./y;
const equals = /=/y;
const bare = /[\w-]+/y;
// A date may have a space before the time.
const plain = /\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]+|[^\s,\]}#]+/y;
// Up to two more quotes before the closing three belong to the text.
const quoted =
  /"""(?:[^"\\]+|\\[^]|""?(?!"))*"{3,5}|'''(?:[^']+|''?(?!'))*'{3,5}|"(?:[^"\\]+|\\[^])*"|'[^']*'/y;

function isQuote(sign: string | undefined): boolean {
  return sign === '"' || sign === "'";
}

function nameOf(token: string): string {
  return isQuote(token[0]) ? textOfToml(token) : token;
}

/** Returns the text of a quoted string. */
export function textOfToml(token: string): string {
  if (token.includes('\\') || /^(?:"""|''')/.test(token)) return parse(`text = ${token}`).text as string;
  return token.slice(1, -1);
}
