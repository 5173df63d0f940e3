import type { Loaded } from '../load.js';
import { readText } from '../read/text.js';
import type { Format } from '../read/text.js';
import type { Json } from '@candor/schema';
import { dataOf, shownTree } from './remarks.js';
import type { RenderRemark } from './remarks.js';
import { spelledData } from './spelled.js';
import { renderToml } from './toml.js';
import { type Table, writeToml } from './write-toml.js';
import { renderYaml, writeYaml } from './yaml.js';

/**
 * Returns a loaded configuration as the remarks show it, in its own format: a file in its own spelling, order and
 * layout, flags and variables as TOML; or in another format, as data.
 *
 * Only keys, tables and layout are taken from the source; it shows no comment, and no value without a remark.
 */
export function render(loaded: Loaded, remarks: Iterable<RenderRemark>, wanted?: Format): string {
  const root = shownTree(remarks);
  const file = loaded.sources.find((source) => source.kind === 'file');
  const data = (): Json => dataOf(root, loaded.written);
  const shownAs = wanted ?? file?.format ?? 'toml';
  if (file === undefined || loaded.sources.length > 1 || shownAs !== file.format)
    return write(shownAs, data());
  const { format, layout, text } = file;
  if (layout.isPlain && format === 'toml') {
    const shown = renderToml(text, layout, root);
    if (shown !== undefined) return shown;
  }
  if (layout.isPlain && format === 'yaml') {
    const shown = renderYaml(text, layout, root);
    if (shown !== undefined) return shown;
  }
  const spelled = layout.isPlain
    ? spelledData(readText(format, text, file.name), layout, root, loaded.written)
    : data();
  return write(format, spelled, indentOf(text));
}

function write(format: Format, data: Json, indent = 2): string {
  if (format === 'yaml') return writeYaml(data);
  if (format === 'json') return `${JSON.stringify(data, null, indent)}\n`;
  return writeToml(data as Table);
}

function indentOf(text: string): number {
  return /\n( +)\S/.exec(text)?.[1]?.length ?? 0;
}
