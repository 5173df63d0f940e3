import { ConfigError } from '../config-error.js';
import { type Format, tooLarge } from './text.js';

const formats: Readonly<Record<string, Format>> = {
  '.toml': 'toml',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.json': 'json',
};

/** Returns the text of a configuration file, and its format by the extension. */
export function readFile(path: string, maxBytes: number): { format: Format; text: string } {
  const fail = (message: string, cause?: unknown): never => {
    throw new ConfigError('ERR_CONFIG_FILE', [{ path: [], message, source: path }], { cause });
  };
  const format = formats[/\.\w+$/.exec(path)?.[0].toLowerCase() ?? ''];
  // Not imported, so that a bundle for browsers, which have no files, contains no Node modules.
  const files = globalThis.process?.getBuiltinModule?.('node:fs');
  if (files === undefined) return fail('files cannot be read here; expected the text');
  let bytes: Uint8Array;
  try {
    const about = files.statSync(path);
    if (about.isDirectory()) return fail('this is a directory, expected a file');
    if (format === undefined) return fail('expected a name that ends in .toml, .yaml, .yml or .json');
    // Checks the size first, since parsing takes a hundred times the memory of the text.
    if (about.size > maxBytes) return fail(tooLarge(about.size, maxBytes));
    bytes = files.readFileSync(path);
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    return fail(reasons[(cause as NodeJS.ErrnoException).code ?? ''] ?? 'the file cannot be read', cause);
  }
  if (bytes.length > maxBytes) return fail(tooLarge(bytes.length, maxBytes));
  try {
    return { format, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (cause) {
    return fail('expected UTF-8 text', cause);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'no permission to read the file',
  EPERM: 'no permission to read the file',
  ELOOP: 'too many symbolic links',
};
