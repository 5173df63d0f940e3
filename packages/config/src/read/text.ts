import { ConfigError } from '../config-error.js';
import { isTooDeep } from '../source-node.js';
import type { SourceNode } from '../source-node.js';
import { readJson, refuseRepeatedKeys } from './json.js';
import { SyntaxIssue } from './syntax-issue.js';
import { readToml } from './toml.js';
import { readYaml } from './yaml.js';

/** The formats of configuration files. */
export type Format = 'toml' | 'yaml' | 'json';

/** Reads a text in one of the formats; the error has a position and quotes nothing of the text. */
export function readText(format: Format, text: string, name: string): SourceNode {
  try {
    const node = { toml: readToml, yaml: readYaml, json: readJson }[format](text);
    if (isTooDeep(node)) throw new SyntaxIssue('nested too deeply');
    if (format === 'json') refuseRepeatedKeys(node);
    return node;
  } catch (cause) {
    const { message, position } = explain(format, cause);
    // Without a cause, since the parsers' errors quote the text.
    throw new ConfigError('ERR_CONFIG_SYNTAX', [{ path: [], message, source: name, ...position }]);
  }
}

/** Returns the text without its byte order mark. Throws a `ConfigError` if it is longer than allowed. */
export function checkedText(text: string, source: string, maxBytes: number): string {
  // A UTF-16 code unit takes three bytes at most.
  if (text.length * 3 > maxBytes) {
    const bytes = new TextEncoder().encode(text).length;
    const message = tooLarge(bytes, maxBytes);
    if (bytes > maxBytes) throw new ConfigError('ERR_CONFIG_FILE', [{ path: [], message, source }]);
  }
  return text.replace(/^\ufeff/, '');
}

/** Returns the message for a text that is too long. */
export function tooLarge(bytes: number, maxBytes: number): string {
  return `${bytes} bytes are too many for a configuration (at most ${maxBytes})`;
}

function explain(format: Format, error: unknown): Pick<SyntaxIssue, 'message' | 'position'> {
  if (error instanceof SyntaxIssue) return error;
  if (error instanceof RangeError) return { message: 'nested too deeply', position: undefined };
  return { message: `not valid ${format.toUpperCase()}`, position: undefined };
}
