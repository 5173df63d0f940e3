import { isTextList, isUndeclared } from '../masks.js';
import { anyMember, formatPath, type PathSegment } from '../path.js';
import { SchemaError } from '../schema-error.js';
import type { Kind, SchemaNode } from '../schema-node.js';
import type { SchemaSource } from '../schema-source.js';
import { fieldTree } from '../tree/field-tree.js';
import { digestOf, type Field, type FieldList, type Shape } from './field-list.js';
import { isExported } from '../tree/tag.js';
import { compileOutputSchema } from './compile-output-schema.js';
import { isLiteral } from './scalar-output.js';

// Schemas that refer to each other at every level have very many paths, although their tree is small.
const mostVisits = 25_000;
const mostLevels = 1_000;

/**
 * Lists every node that a schema exports, and what the shape of the output shows beside them. Throws as `fieldTree`
 * does, and `ERR_SCHEMA_SIZE` if the exported nodes have more than 25,000 paths or 1,000 levels.
 */
export function fields(source: SchemaSource | SchemaNode): FieldList {
  const root = fieldTree(source);
  const survey = surveyNodes(root);
  const content = { format: 1, ...survey, output: compileOutputSchema(root) } as const;
  return { ...content, digest: digestOf(content) };
}

type Path = readonly PathSegment[];

function surveyNodes(root: SchemaNode): { fields: Field[]; shape: Shape[] } {
  const found: { fields: Field[]; shape: Shape[] } = { fields: [], shape: [] };
  const above = new Map<SchemaNode, Path>();
  // Nodes that contain themselves are listed once, and by reference elsewhere.
  const repeated = new Map<SchemaNode, Path>();
  let visits = 0;
  const visit = (node: SchemaNode, path: Path): void => {
    visits += 1;
    if (visits > mostVisits || path.length > mostLevels) throw tooLarge(path);
    const first = above.get(node) ?? repeated.get(node);
    if (first !== undefined && isExported(node)) {
      repeated.set(node, first);
      found.fields.push({ ...describe(node, path), sameAs: formatPath(first) });
      return;
    }
    above.set(node, path);
    if (node.anyOf.length > 0) for (const branch of node.anyOf) visit(branch, path);
    else visitSingle(node, path);
    above.delete(node);
  };
  const visitSingle = (node: SchemaNode, path: Path): void => {
    if (node.tag === undefined) {
      if (path.length > 0) found.shape.push(...maskedShape(node, path));
      return;
    }
    found.fields.push(describe(node, path));
    found.shape.push(...exportedShape(node, path));
    if (!isExported(node)) return;
    if (node.propertyNames?.tag !== undefined) {
      found.fields.push({ ...describe(node.propertyNames, [...path, anyMember]), key: true });
    }
    for (const [key, child] of node.properties) visit(child, [...path, key]);
    const members = [...node.patternProperties.map((entry) => entry.node), node.additionalProperties];
    for (const child of [...members, node.items]) {
      if (child !== undefined && !isUndeclared(child)) visit(child, [...path, anyMember]);
    }
    node.prefixItems.forEach((child, at) => visit(child, [...path, at]));
  };
  visit(root, []);
  return { fields: sorted(found.fields), shape: sorted(found.shape) };
}

function tooLarge(path: Path): SchemaError {
  const what = 'the schema exports too many nodes to list; leave some out or count them';
  return new SchemaError('ERR_SCHEMA_SIZE', `${formatPath(path.slice(0, 20))}: ${what}`);
}

function describe(node: SchemaNode, path: Path): Field {
  const { tag, kinds, values, address, description, why, expires } = node;
  const isText = isExported(node) && values === undefined && kinds.includes('string');
  return {
    path: formatPath(path),
    type: typeOf(kinds),
    ...(values !== undefined && tag?.transform === undefined && { values: values.filter(isLiteral) }),
    ...(tag?.transform !== undefined && { transform: tag.transform }),
    ...(tag?.text && { text: true }),
    ...(isText && address && { address }),
    ...(description !== undefined && { description }),
    ...(why !== undefined && { why }),
    ...(expires !== undefined && { expires }),
  };
}

function typeOf(kinds: readonly Kind[]): string {
  return [...kinds].sort().join('|');
}

function maskedShape(node: SchemaNode, path: Path): Shape[] {
  const { kinds } = node;
  const shown = kinds.filter((kind) => kind !== 'object' && kind !== 'array');
  const where = formatPath(path);
  const shows: Shape['shows'][] = [];
  if (kinds.includes('array')) shows.push(isTextList(node) ? 'length' : 'presence');
  if (kinds.length === 0 || shown.length > 0) shows.push('presence');
  return shows.map((show) => ({ path: where, shows: show }));
}

function exportedShape(node: SchemaNode, path: Path): Shape[] {
  if (!isExported(node)) return [];
  const where = formatPath(path);
  const isMap = node.additionalProperties !== undefined || node.patternProperties.length > 0;
  const shape: Shape[] = [];
  if (node.kinds.includes('array')) shape.push({ path: where, shows: 'length' });
  if (node.kinds.includes('object')) {
    if (isMap) shape.push({ path: where, shows: 'members' });
    if (path.length > 0) shape.push({ path: where, shows: 'presence' });
  }
  return shape;
}

/**
 * Returns the entries sorted, so that moving a property in the source changes nothing, and without repetitions among
 * the alternatives of a union.
 */
function sorted<T extends { readonly path: string }>(entries: readonly T[]): T[] {
  const lines = new Map(entries.map((entry) => [JSON.stringify(entry), entry]));
  const key = ([line, { path }]: [string, T]): string => `${path}\n${line}`;
  return [...lines].sort((one, other) => (key(one) < key(other) ? -1 : 1)).map(([, entry]) => entry);
}
