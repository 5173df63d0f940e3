import { load } from '@candor/config';
import type { ConfigIssue, Format, SchemaPreset } from '@candor/config';
import type { Json } from '@candor/schema';
import { traefikDialect } from './dialect.js';
import { traefikV2 } from './generated/traefik-v2.js';
import { traefikV3 } from './generated/traefik-v3.js';

/** Traefik 2.11 or 3.7. */
export type TraefikVersion = 'v2' | 'v3';

/** The source of a static configuration: Traefik reads one of them, never two together. */
export type TraefikSource =
  | { readonly format: Format; readonly text: string }
  | { readonly argv: readonly string[] }
  | { readonly env: Readonly<Record<string, string | undefined>> };

/** The rules of Traefik's own loader, as options of `load` for a program that reads its files and flags alike. */
export const traefikRules: SchemaPreset['rules'] = {
  envPrefix: 'TRAEFIK_',
  fileFlag: 'configFile',
  // Static and dynamic configuration may share a file.
  unknownTopLevelKeys: 'warn',
  dialect: traefikDialect,
};

/**
 * Loads a static configuration as Traefik does. Throws a `ConfigError` of `@candor/config` if Traefik refuses the
 * configuration, and also if it would silently drop a part of it; top-level keys that it ignores are in `warnings`,
 * with the nearest known key. Compiles the schema each time, which takes some milliseconds: to load many
 * configurations, call `load` of `@candor/config` with `traefikRules` and one field tree.
 */
export function loadTraefikConfig(
  version: TraefikVersion,
  source: TraefikSource,
): {
  written: { [key: string]: Json };
  effective: { [key: string]: Json };
  warnings: readonly ConfigIssue[];
} {
  const schema = version === 'v2' ? traefikV2 : traefikV3;
  const input = 'text' in source ? { text: source } : source;
  const { written, effective, warnings } = load({ schema, ...traefikRules, ...input });
  return { written, effective, warnings };
}
