import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load, type LoadOptions, type Loaded, type SchemaPreset } from '@candor/config';
import type { SchemaSource } from '@candor/schema';
import { CandorError, codeOf } from '../candor-error.js';
import { installedPresets, presetHint } from './presets.js';

/** A schema with the rules for reading its configurations. */
export interface NamedSchema {
  /** The name that the operator typed. */
  readonly name: string;
  readonly schema: SchemaSource;
  /** The product and version of a report, unless others are given. */
  readonly product: string | undefined;
  readonly version: string;
  load(source: Pick<LoadOptions, 'file' | 'argv'>): Loaded;
}

/** Returns the schemas that need no file: the presets of installed packages. */
export async function presetSchemas(): Promise<readonly NamedSchema[]> {
  return (await installedPresets()).map(({ name, schema, rules, ...about }) =>
    named(name, schema, rules, about),
  );
}

/** Reads a schema by the name of a preset or from its file; throws `ERR_SCHEMA_FILE` or `ERR_ARGUMENT`. */
export async function readSchema(name: string): Promise<NamedSchema> {
  if (!/\.(?:json|[cm]?[jt]s)$/.test(name)) {
    const presets = await presetSchemas();
    const preset = presets.find((candidate) => candidate.name === name);
    if (preset !== undefined) return preset;
    const names =
      presets.length === 0 ? `a preset (${presetHint})` : presets.map((one) => one.name).join(', ');
    throw new CandorError(
      'ERR_ARGUMENT',
      `schema: expected ${names}, or the path of a .json file or of a .js module`,
    );
  }
  const source = extname(name) === '.json' ? await readJson(name) : await readModule(name);
  return named(name, source, {}, { product: undefined, version: '1.0.0' });
}

function named(
  name: string,
  schema: SchemaSource,
  rules: SchemaPreset['rules'],
  about: Pick<NamedSchema, 'product' | 'version'>,
): NamedSchema {
  return { name, schema, ...about, load: (source) => load({ schema, ...rules, ...source }) };
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
    // The parser's error is not the cause here: its message quotes the text.
    throw new CandorError('ERR_SCHEMA_FILE', `${path}: the schema is not valid JSON`);
  }
}

async function readModule(path: string): Promise<SchemaSource> {
  const module = await importModule(path);
  const exported = module.schema ?? module.default ?? Object.values(module)[0];
  if (exported === undefined) {
    throw new CandorError('ERR_SCHEMA_FILE', `${path}: expected an export called schema, or a default one`);
  }
  return exported as SchemaSource;
}

/** Returns what a module exports; throws `ERR_SCHEMA_FILE`. */
export async function importModule(path: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(resolve(path)).href)) as Record<string, unknown>;
  } catch (cause) {
    throw new CandorError('ERR_SCHEMA_FILE', `${path}: the module cannot be loaded${codeOf(cause)}`, {
      cause,
    });
  }
}
