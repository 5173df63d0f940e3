import { ParseError } from 'toml-eslint-parser';
import { ConfigError } from '../config-error.js';
import { isTooDeep } from '../source-node.js';
import type { SourceNode } from '../source-node.js';
import { readJson, refuseRepeatedKeys } from './json.js';
import { SyntaxIssue } from './syntax-issue.js';
import { readToml } from './toml.js';
import { readYaml } from './yaml.js';

/** The formats of configuration files. */
export type Format = 'toml' | 'yaml' | 'json';

/** Reads a text in one of the formats; on failure the error has the position and nothing of the text. */
export function readText(format: Format, text: string, name: string): SourceNode {
  try {
    const node = { toml: readToml, yaml: readYaml, json: readJson }[format](text);
    if (isTooDeep(node)) throw new SyntaxIssue('nested too deeply');
    if (format === 'json') refuseRepeatedKeys(node);
    return node;
  } catch (cause) {
    const { message, position } = explain(format, cause);
    // Without the cause: the parsers' own errors quote the text.
    throw new ConfigError('ERR_CONFIG_SYNTAX', [{ path: [], message, source: name, ...position }]);
  }
}

function explain(format: Format, error: unknown): Pick<SyntaxIssue, 'message' | 'position'> {
  if (error instanceof SyntaxIssue) return error;
  if (error instanceof ParseError) {
    const position = { line: error.lineNumber, column: error.column + 1 };
    const isTwice = /multiple times/.test(error.message);
    return { message: isTwice ? 'a key that is already there' : 'not valid TOML', position };
  }
  if (error instanceof RangeError) return { message: 'nested too deeply', position: undefined };
  return { message: `not valid ${format.toUpperCase()}`, position: undefined };
}
