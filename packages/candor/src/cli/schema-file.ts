import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load, type LoadOptions, type Loaded } from '@candor/config';
import type { SchemaSource } from '@candor/schema';
import { traefikRules, traefikV2, traefikV3 } from '@candor/traefik';
import { CandorError, codeOf } from '../candor-error.js';

/** A schema with the rules by which configurations are read for it. */
export interface NamedSchema {
  /** As the operator wrote it. */
  readonly name: string;
  readonly schema: SchemaSource;
  /** The product and version that a report of it names unless told otherwise. */
  readonly product: string | undefined;
  readonly version: string;
  load(source: Pick<LoadOptions, 'file' | 'argv'>): Loaded;
}

/** Both versions of Traefik's static configuration. */
export function traefikSchemas(): readonly [v2: NamedSchema, v3: NamedSchema] {
  return [
    named('traefik-v2', traefikV2, { product: 'traefik', version: '2.11.0', rules: traefikRules }),
    named('traefik-v3', traefikV3, { product: 'traefik', version: '3.7.0', rules: traefikRules }),
  ];
}

/** Reads a schema by its name or from its file; throws `ERR_SCHEMA_FILE`. */
export async function readSchema(name: string): Promise<NamedSchema> {
  const known = traefikSchemas().find((candidate) => candidate.name === name);
  if (known !== undefined) return known;
  const source = extname(name) === '.json' ? await readJson(name) : await readModule(name);
  return named(name, source, { product: undefined, version: '1.0.0', rules: {} });
}

interface About {
  readonly product: string | undefined;
  readonly version: string;
  readonly rules: Omit<LoadOptions, 'schema'>;
}

function named(name: string, schema: SchemaSource, { product, version, rules }: About): NamedSchema {
  return { name, schema, product, version, load: (source) => load({ schema, ...rules, ...source }) };
}

async function readJson(path: string): Promise<SchemaSource> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new CandorError('ERR_SCHEMA_FILE', `${path}: the schema cannot be read${codeOf(error)}`);
  }
  try {
    return JSON.parse(text) as SchemaSource;
  } catch {
    // The parser's own message quotes the text.
    throw new CandorError('ERR_SCHEMA_FILE', `${path}: the schema is not valid JSON`);
  }
}

async function readModule(path: string): Promise<SchemaSource> {
  if (!/\.[cm]?[jt]s$/.test(path)) {
    throw new CandorError(
      'ERR_ARGUMENT',
      'schema: expected traefik-v2, traefik-v3, or the path of a .json file or of a .js module',
    );
  }
  let module: Record<string, unknown>;
  try {
    module = (await import(pathToFileURL(resolve(path)).href)) as Record<string, unknown>;
  } catch (cause) {
    throw new CandorError('ERR_SCHEMA_FILE', `${path}: the module cannot be loaded${codeOf(cause)}`, {
      cause,
    });
  }
  const exported = module['schema'] ?? module['default'] ?? Object.values(module)[0];
  if (exported === undefined) {
    throw new CandorError('ERR_SCHEMA_FILE', `${path}: expected an export called schema, or a default one`);
  }
  return exported as SchemaSource;
}
