import { Composer, CST, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, Parser } from 'yaml';
import type { Document, Node } from 'yaml';
import { SyntaxIssue } from './syntax-issue.js';

/** The limit of the parser's levels, of which a level of the document takes one or two. */
const deepest = 500;

/** Parses the first document of a YAML stream; returns undefined if there is none. */
export function firstDocument(
  text: string,
  lineCounter: LineCounter = new LineCounter(),
): Document | undefined {
  // An excerpt from documentation begins with `...`; what follows it is not a whole configuration.
  const firstLine = /^(?![ \t]*(?:#|\r?$)).+/m.exec(text)?.[0];
  if (firstLine?.trimEnd() === '...') {
    throw new SyntaxIssue('the end of a document before its beginning', { line: 1, column: 1 });
  }
  // Plain scalars are resolved by our own code, since YAML schemas differ in what they mean.
  const options = {
    schema: 'failsafe',
    prettyErrors: false,
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: 'silent',
  } as const;
  const [first] = new Composer(options).compose(tokensOf(text, lineCounter));
  return first;
}

/**
 * Yields the parser's tokens and limits their depth, since the library's own recursion would end in a crash that cannot
 * be caught. Also allows tabs at the beginning of a line that is otherwise empty.
 */
function* tokensOf(text: string, lineCounter: LineCounter): Generator<CST.Token> {
  const parser = new Parser(lineCounter.addNewLine);
  const fail = (message: string): never => {
    const { line, col } = lineCounter.linePos(parser.offset);
    throw new SyntaxIssue(message, { line, column: col });
  };
  lineCounter.addNewLine(0);
  let brackets = 0;
  let isLineStart = true;
  for (const lexeme of new Lexer().lex(text)) {
    if (isLineStart && brackets === 0 && /^ *\t/.test(lexeme)) fail('a tab used as indentation');
    if (lexeme === '{' || lexeme === '[') brackets += 1;
    if (lexeme === '}' || lexeme === ']') brackets -= 1;
    isLineStart = CST.tokenType(lexeme) === 'newline' || CST.tokenType(lexeme) === 'doc-mode';
    yield* parser.next(lexeme);
    if (parser.stack.length > deepest) fail('nested too deeply');
  }
  yield* parser.end();
}

/** Returns what each alias of a document means: the last node before it that carries the anchor. */
export function anchorsOf(document: Document, text: string): Map<Node, Node> {
  const targets = new Map<Node, Node>();
  // Most texts have no alias.
  if (!text.includes('*')) return targets;
  const named = new Map<string, Node>();
  const walk = (node: unknown): void => {
    if (isAlias(node)) {
      const target = named.get(node.source);
      if (target !== undefined) targets.set(node, target);
      return;
    }
    if (isScalar(node) || isMap(node) || isSeq(node)) {
      if (node.anchor !== undefined) named.set(node.anchor, node as Node);
    }
    if (isSeq(node)) node.items.forEach(walk);
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        walk(key);
        walk(value);
      }
    }
  };
  walk(document.contents);
  return targets;
}
