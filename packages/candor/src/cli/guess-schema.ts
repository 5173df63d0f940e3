import { ConfigError, type Loaded, type LoadOptions } from '@candor/config';
import { CandorError } from '../candor-error.js';
import { type NamedSchema, traefikSchemas } from './schema-file.js';

/** A schema that takes a configuration, and why it was chosen. */
export interface Guess {
  readonly schema: NamedSchema;
  readonly loaded: Loaded;
  /** For the operator, on standard error. */
  readonly reason: string;
}

/**
 * Chooses the version of Traefik that a configuration was written for: the one that takes it. Throws
 * the `ConfigError` of the nearer one when none does, and `ERR_ARGUMENT` when nothing in it is Traefik's.
 */
export function guessSchema(source: Pick<LoadOptions, 'file' | 'argv'>): Guess {
  const [v2, v3] = traefikSchemas().map((schema) => ({ schema, ...attempt(schema, source) }));
  if (v2?.loaded !== undefined && v3?.loaded !== undefined) {
    if (Object.keys(v2.loaded.written).length === 0) {
      throw new CandorError(
        'ERR_ARGUMENT',
        'nothing here is a setting of Traefik: name the schema with --schema',
      );
    }
    return {
      ...v2,
      loaded: v2.loaded,
      reason: 'both versions of Traefik take this; shown as traefik-v2 (or choose --schema traefik-v3)',
    };
  }
  for (const [one, other] of [
    [v2, v3],
    [v3, v2],
  ]) {
    if (one?.loaded === undefined) continue;
    const why = other?.error?.issues[0]?.path.join('.');
    const reason = `${one.schema.name} takes this, ${other?.schema.name} does not${why ? ` (at ${why})` : ''}`;
    return { schema: one.schema, loaded: one.loaded, reason };
  }
  throw nearer(v2?.error, v3?.error);
}

interface Attempt {
  readonly loaded?: Loaded;
  readonly error?: ConfigError;
}

function attempt(schema: NamedSchema, source: Pick<LoadOptions, 'file' | 'argv'>): Attempt {
  try {
    return { loaded: schema.load(source) };
  } catch (error) {
    if (error instanceof ConfigError && error.code === 'ERR_CONFIG_INVALID') return { error };
    throw error;
  }
}

function nearer(one: ConfigError | undefined, other: ConfigError | undefined): ConfigError {
  const [first, second] = [one, other].filter((error) => error !== undefined);
  if (first === undefined) throw new TypeError('expected the error of at least one schema');
  return second !== undefined && second.issues.length < first.issues.length ? second : first;
}
