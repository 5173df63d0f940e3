import type { JsonSchema } from '@candor/schema';
import { settingsSchema } from './settings-schema.js';

/** Returns the documentation of all settings as a table in Markdown. */
export function settingsTable(): string {
  const rows = rowsOf(settingsSchema, '');
  return ['| setting | default | |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Returns the settings as lines for `--help`. */
export function settingsHelp(): string {
  return rowsOf(settingsSchema, '')
    .map((row) => row.split(' | '))
    .map(([name = '', usual = '', text = '']) => {
      const flag = `--${name.slice(2).replaceAll('`', '')}`;
      return `  ${flag.padEnd(28)} ${text.replace(/ \|$/, '')}${usual === '' ? '' : ` Default: ${usual.replaceAll('`', '')}.`}`;
    })
    .join('\n');
}

function rowsOf(schema: JsonSchema, above: string): string[] {
  const { properties = {} } = schema as { properties?: Readonly<Record<string, JsonSchema>> };
  return Object.entries(properties).flatMap(([name, member]) => {
    const path = above === '' ? name : `${above}.${name}`;
    const { default: usual, description = '', additionalProperties } = member as Described;
    const below = rowsOf(member, path);
    if (typeof additionalProperties === 'object') below.push(...rowsOf(additionalProperties, `${path}.NAME`));
    if (below.length > 0) return below;
    const shown = usual === undefined || typeof usual === 'object' ? '' : `\`${String(usual)}\``;
    return [`| \`${path}\` | ${shown} | ${description} |`];
  });
}

interface Described {
  readonly default?: unknown;
  readonly description?: string;
  readonly additionalProperties?: JsonSchema | boolean;
}
