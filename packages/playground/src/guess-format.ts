import type { Format } from '@candor/config';

/** Guesses the format of a configuration from its first meaningful lines. */
export function guessFormat(text: string): Format {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  const first = lines.find((line) => line !== '' && !line.startsWith('#')) ?? '';
  if (/^[{]/.test(first)) return 'json';
  // Matches a TOML table or assignment; in YAML both would be unusual, and neither makes a map.
  return /^\[|^(?:[\w.-]|"[^"]*"|'[^']*')+\s*=/.test(first) ? 'toml' : 'yaml';
}
