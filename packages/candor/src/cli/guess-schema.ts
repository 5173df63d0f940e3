import { ConfigError, type Loaded, type LoadOptions } from '@candor/config';
import { formatPath, type Json } from '@candor/schema';
import { CandorError } from '../candor-error.js';
import { presetHint } from './presets.js';
import { type NamedSchema, presetSchemas } from './schema-file.js';

/** A schema that accepts a configuration. */
interface Taken {
  readonly schema: NamedSchema;
  readonly loaded: Loaded;
}

/** A schema that refuses a configuration, and why. */
interface Refused {
  readonly schema: NamedSchema;
  readonly error: ConfigError;
}

/** A schema that accepts a configuration, and why it was chosen. */
export interface Guess extends Taken {
  /** For the operator, on standard error. */
  readonly reason: string;
}

/**
 * Chooses the preset that a configuration was written for: the one that accepts it and knows most of its settings.
 * Throws `ERR_CONFIGURATION` with the issues of the nearest one if none accepts it, and `ERR_ARGUMENT` if there is no
 * preset, or none knows any of the settings.
 */
export async function guessSchema(source: Pick<LoadOptions, 'file' | 'argv'>): Promise<Guess> {
  const presets = await presetSchemas();
  if (presets.length === 0) {
    throw new CandorError(
      'ERR_ARGUMENT',
      `preview: name the schema with --schema, or install a package with presets (${presetHint})`,
    );
  }
  const attempts = presets.map((schema) => attempt(schema, source));
  const refused = attempts.filter((one) => 'error' in one);
  const taken = attempts.filter((one) => 'loaded' in one);
  const [first, second] = taken.toSorted((one, other) => sizeOf(other) - sizeOf(one));
  if (first === undefined) throw refusal(refused);
  if (Object.keys(first.loaded.written).length === 0) {
    throw new CandorError(
      'ERR_ARGUMENT',
      `nothing here is a setting that ${presets.map(({ name }) => name).join(' or ')} knows: name the schema with --schema`,
    );
  }
  const [one, other] = [first.schema.name, (second ?? refused[0])?.schema.name];
  const reason =
    second === undefined
      ? `${one} takes this, ${other} does not (at ${formatPath(refused[0]?.error.issues[0]?.path ?? [])})`
      : sizeOf(first) > sizeOf(second)
        ? `${one} takes more of this than ${other}; shown as ${one} (or choose --schema ${other})`
        : `${one} and ${other} both take this; shown as ${one} (or choose --schema ${other})`;
  return { ...first, reason };
}

/** Counts the settings that a schema knows. */
function sizeOf({ loaded }: Taken): number {
  return countIn(loaded.written);
}

function countIn(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((count: number, member) => count + countIn(member), 1);
}

function attempt(schema: NamedSchema, source: Pick<LoadOptions, 'file' | 'argv'>): Taken | Refused {
  try {
    return { schema, loaded: schema.load(source) };
  } catch (error) {
    if (error instanceof ConfigError && error.code === 'ERR_CONFIG_INVALID') return { schema, error };
    throw error;
  }
}

function refusal(refused: readonly Refused[]): CandorError {
  const [nearest] = refused.toSorted((one, other) => one.error.issues.length - other.error.issues.length);
  return new CandorError(
    'ERR_CONFIGURATION',
    `${nearest?.error.message}\nread as ${nearest?.schema.name}; choose another with --schema`,
  );
}
