import type { SchemaSource } from '@candor/schema';
import type { LoadOptions } from './load.js';

/**
 * The schema of a program's configuration with the rules by which its files are read.
 * A package that exports `presets`, a list of these, can be named at the `candor` command line.
 */
export interface SchemaPreset {
  /** Its name at the command line, such as `traefik-v3`. */
  readonly name: string;
  readonly schema: SchemaSource;
  /** The product and version of a report, unless others are given. */
  readonly product: string;
  readonly version: string;
  /** Options of `load`. */
  readonly rules: Omit<LoadOptions, 'schema' | 'file' | 'text' | 'argv' | 'env'>;
}
