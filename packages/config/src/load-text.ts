import { fieldTree } from '@candor/schema';
import { coerce } from './coerce/coerce.js';
import { finished } from './finished.js';
import type { Loaded, LoadOptions } from './load.js';
import { checkedText, type Format, readText } from './read/text.js';

/** A text, and how it is read; see `LoadOptions`. */
export interface LoadTextOptions extends Pick<
  LoadOptions,
  'schema' | 'unknownKeys' | 'unknownTopLevelKeys' | 'dialect' | 'maxBytes'
> {
  readonly format: Format;
  readonly text: string;
  /** For messages. Default: `configuration.` and the format. */
  readonly name?: string | undefined;
}

/**
 * Loads one text as `load` does, without the code for files, flags and the environment: for web pages. Throws a
 * `ConfigError`.
 */
export function loadText(options: LoadTextOptions): Loaded {
  const { format, name = `configuration.${format}`, maxBytes = 1024 * 1024, dialect = {} } = options;
  const { unknownKeys = 'refuse', unknownTopLevelKeys = unknownKeys } = options;
  const schema = fieldTree(options.schema);
  const text = checkedText(options.text, name, maxBytes);
  const settings = { source: name, unknownKeys, unknownTopLevelKeys, dialect };
  const coerced = coerce(readText(format, text, name), schema, settings);
  const { warnings, layout } = coerced;
  const sources = [{ kind: 'file', name, format, text, layout }] as const;
  return Object.assign(finished(coerced, schema), { sources, warnings, rest: [] });
}
