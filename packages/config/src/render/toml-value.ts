import type { Json } from '@candor/schema';

/**
 * Returns a value on one line of TOML; null, which TOML does not have, is left out of tables and is an empty text
 * elsewhere.
 */
export function tomlValue(value: Json): string {
  if (value === null) return '""';
  if (typeof value === 'string') return tomlText(value);
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(', ')}]`;
  if (typeof value !== 'object') return String(value);
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([key, member]) => `${tomlKey(key)} = ${tomlValue(member)}`).join(', ')} }`;
}

/** Returns a key, quoted if necessary. */
export function tomlKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : tomlText(key);
}

function tomlText(text: string): string {
  // JSON's escapes are valid in TOML, which also escapes one more character.
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}
