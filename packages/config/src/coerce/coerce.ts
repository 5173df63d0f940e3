import type { Json, SchemaNode } from '@candor/schema';
import type { ConfigIssue } from '../config-error.js';
import type { SourceNode } from '../source-node.js';
import type { CoerceOptions, Coercion } from './coercion.js';
import { foundIn } from './found-in.js';
import { layoutOf, type Layout, writtenPath } from './layout.js';
import { isAnything, isList, isObject, isSingle } from './lookup.js';
import { plain } from './plain.js';
import { isFlatList, readCommaList, readFlatList, readList } from './read-list.js';
import { readObject } from './read-object.js';
import { readSwitch, readValue } from './read-single.js';
import { readUnion } from './read-union.js';
import { expectation } from './scalar.js';
import { off, type Tree } from './tree.js';

/** A source's values in the schema's spelling and types, with the issues found in it. */
export interface Coerced {
  readonly tree: { [key: string]: Tree };
  readonly issues: readonly ConfigIssue[];
  /** Values that were left out without an error. */
  readonly warnings: readonly ConfigIssue[];
  /** True if the source switches a section off. */
  readonly holdsOff: boolean;
  readonly layout: Layout;
}

/** Limits the issues: a file of another program would have thousands. */
const mostIssues = 100;

/** Converts a source's values to the types and spelling of the schema. */
export function coerce(root: SourceNode, schema: SchemaNode, options: CoerceOptions): Coerced {
  const foreign = options.dialect.explainForeign?.(plain(root) as Json);
  if (foreign !== undefined) {
    const issue = { path: [], message: foreign, source: options.source };
    return { tree: {}, issues: [issue], warnings: [], holdsOff: false, layout: layoutOf([], false) };
  }
  const warnings: ConfigIssue[] = [];
  const coercion = createCoercion(options, warnings);
  const { issues, spellings } = coercion;
  const tree = root.kind === 'map' ? coercion.read(root, schema, undefined) : undefined;
  const isSettings = typeof tree === 'object' && tree !== null && !Array.isArray(tree);
  const isNothing = root.kind === 'scalar' && root.type === 'null';
  if (!isSettings && !isNothing && issues.length === 0) {
    coercion.complain(undefined, `expected a section, found ${foundIn(root)}`, root.position);
  }
  const { isPlain, holdsOff } = coercion;
  const layout = layoutOf(spellings, isPlain);
  return { tree: isSettings ? tree : {}, issues, warnings, holdsOff, layout };
}

function createCoercion(options: CoerceOptions, warnings: ConfigIssue[]): Coercion {
  const issues: ConfigIssue[] = [];
  const { source, dialect } = options;
  const coercion: Coercion = {
    options,
    dialect,
    issues,
    spellings: [],
    unions: new Map(),
    isPlain: true,
    holdsOff: false,
    read(node, schema, at): Tree | undefined {
      if (node.kind === 'scalar' && node.type === 'null') {
        return schema.kinds.includes('null') ? null : undefined;
      }
      if (schema.anyOf.length > 0) return readUnion(coercion, node, schema, at);
      if (node.kind === 'scalar' && schema.kinds.some(isSingle)) {
        return readValue(coercion, node, schema, at);
      }
      if (isAnything(schema)) return plain(node);
      if (node.kind === 'map' && isFlatList(node, schema)) return readFlatList(coercion, node, schema, at);
      if (node.kind === 'map' && isObject(schema)) return readObject(coercion, node, schema, at);
      if (node.kind === 'list' && isList(schema)) return readList(coercion, node, schema, at);
      if (node.kind !== 'scalar') return coercion.mismatch(node, schema, at);
      return isList(schema)
        ? readCommaList(coercion, node, schema, at)
        : readSwitch(coercion, node, schema, at);
    },
    switchOff(): typeof off {
      coercion.holdsOff = true;
      return off;
    },
    complain(at, message, position): undefined {
      if (issues.length < mostIssues) issues.push({ path: writtenPath(at), message, source, ...position });
    },
    repeat(found): void {
      issues.push(...found.slice(0, mostIssues - issues.length));
    },
    warn(at, message, position): void {
      if (warnings.length < mostIssues)
        warnings.push({ path: writtenPath(at), message, source, ...position });
    },
    mismatch(node, schema, at): undefined {
      const wanted = isObject(schema) ? 'a section' : isList(schema) ? 'a list' : expectation(schema);
      return coercion.complain(at, `expected ${wanted}, found ${foundIn(node)}`, node.position);
    },
  };
  return coercion;
}
