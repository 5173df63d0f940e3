import { readFileSync } from 'node:fs';
import type { Json, JsonSchema } from '@candor/schema';
import { placesOf } from '../../scripts/places.js';

type CorrectedTag = false | string | { readonly only?: string; readonly bucket?: readonly number[] };

/** One entry of `data/corrections.json`. */
export interface Correction {
  readonly title: string;
  readonly at: readonly string[];
  readonly export?: CorrectedTag;
  /** In place of `export`, for texts that are of several kinds. */
  readonly anyOf?: readonly { readonly pattern: string; readonly export: CorrectedTag }[];
  readonly reason: string;
}

export const corrections: readonly Correction[] = data('corrections.json') as Correction[];
export const knownValues = data('known-values.json') as Readonly<Record<string, (string | number)[]>>;

/** A place that a correction changes: its path, and what it holds. */
export interface CorrectedPlace {
  readonly path: readonly string[];
  readonly holds: 'switch' | 'text' | 'number' | 'duration' | 'texts' | 'numbers' | 'map' | 'keys';
}

/** The places of one schema that a correction changes. */
export function placesChangedBy(correction: Correction, schema: JsonSchema): CorrectedPlace[] {
  const places = placesOf(schema);
  return correction.at.flatMap((name) => {
    const [property = '', member] = name.split('/');
    return (places.get(property) ?? []).map((path) => ({
      path,
      holds: member === 'propertyNames' ? 'keys' : holds(schema, path),
    }));
  });
}

/** A configuration that holds `value` at a path, below an entry point or resolver called `name` where one is. */
export function configurationWith(path: readonly string[], value: Json, name = 'web'): Json {
  return path.reduceRight<Json>((inner, key) => ({ [key === '*' ? name : key]: inner }), value);
}

interface Node {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node;
  readonly $defs?: Readonly<Record<string, Node>>;
}

function holds(schema: JsonSchema, path: readonly string[]): CorrectedPlace['holds'] {
  const root = schema as Node;
  const resolve = (node: Node | undefined): Node | undefined =>
    node?.$ref === undefined ? node : root.$defs?.[node.$ref.slice('#/$defs/'.length)];
  const node = path.reduce<Node | undefined>(
    (at, key) => resolve(key === '*' ? at?.additionalProperties : at?.properties?.[key]),
    root,
  );
  if (node?.format === 'go-duration') return 'duration';
  if (node?.type === 'boolean') return 'switch';
  if (node?.type === 'string') return 'text';
  if (node?.type === 'integer' || node?.type === 'number') return 'number';
  if (node?.type === 'array') return node.items?.type === 'string' ? 'texts' : 'numbers';
  if (node?.type === 'object') return 'map';
  throw new Error(`No place at ${path.join('.')}`);
}

function data(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../data/${file}`, import.meta.url), 'utf8'));
}
