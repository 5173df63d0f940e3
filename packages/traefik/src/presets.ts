import type { SchemaPreset } from '@candor/config';
import { traefikV2 } from './generated/traefik-v2.js';
import { traefikV3 } from './generated/traefik-v3.js';
import { traefikRules } from './load.js';

/**
 * The schemas that the `candor` command line finds in this package: `--schema traefik-v2` and `--schema traefik-v3`.
 */
export const presets: readonly SchemaPreset[] = [
  { name: 'traefik-v2', product: 'traefik', version: '2.11.0', schema: traefikV2, rules: traefikRules },
  { name: 'traefik-v3', product: 'traefik', version: '3.7.0', schema: traefikV3, rules: traefikRules },
];
