import { isTextList, isUndeclared } from '../masks.js';
import { formatPath } from '../path.js';
import type { Json, Kind, Place } from '../place.js';
import type { SchemaSource } from '../schema-source.js';
import { fieldTree } from '../tree/field-tree.js';
import { digestOf, type Field, type FieldList, type Shape } from './field-list.js';
import { compileForms, isExported } from './form.js';

/** Lists every place that a schema exports, and what the shape of the output says beside them. */
export function fields(source: SchemaSource | Place): FieldList {
  const root = fieldTree(source);
  const survey = surveyPlaces(root);
  const content = { format: 1, ...survey, forms: compileForms(root) } as const;
  return { ...content, digest: digestOf(content) };
}

type Path = readonly string[];

function surveyPlaces(root: Place): { fields: Field[]; shape: Shape[] } {
  const found: { fields: Field[]; shape: Shape[] } = { fields: [], shape: [] };
  const above = new Map<Place, Path>();
  // Places that contain themselves: listed once, and by reference wherever they occur again.
  const repeated = new Map<Place, Path>();
  const visit = (place: Place, path: Path): void => {
    const first = above.get(place) ?? repeated.get(place);
    if (first !== undefined && isExported(place)) {
      repeated.set(place, first);
      found.fields.push({ ...describe(place, path), sameAs: formatPath(first) });
      return;
    }
    above.set(place, path);
    if (place.branches.length > 0) for (const branch of place.branches) visit(branch, path);
    else visitSingle(place, path);
    above.delete(place);
  };
  const visitSingle = (place: Place, path: Path): void => {
    if (place.tag === undefined) {
      if (path.length > 0) found.shape.push(...maskedShape(place, path));
      return;
    }
    found.fields.push(describe(place, path));
    found.shape.push(...exportedShape(place, path));
    if (!isExported(place)) return;
    if (place.names?.tag !== undefined) {
      found.fields.push({ ...describe(place.names, [...path, '*']), key: true });
    }
    for (const [key, child] of place.properties) visit(child, [...path, key]);
    const members = [...place.patterns.map((entry) => entry.place), place.members];
    for (const child of [...members, place.items]) {
      if (child !== undefined && !isUndeclared(child)) visit(child, [...path, '*']);
    }
    place.prefix.forEach((child, at) => visit(child, [...path, String(at)]));
  };
  visit(root, []);
  return { fields: sorted(found.fields), shape: sorted(found.shape) };
}

function describe(place: Place, path: Path): Field {
  const { tag, kinds, values, address, description, why, expires } = place;
  const isText = isExported(place) && values === undefined && kinds.includes('string');
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

function isLiteral(value: Json): value is string | number | boolean {
  return value !== null && typeof value !== 'object';
}

function maskedShape(place: Place, path: Path): Shape[] {
  const { kinds } = place;
  const shown = kinds.filter((kind) => kind !== 'object' && kind !== 'list');
  const where = formatPath(path);
  const shows: Shape['shows'][] = [];
  if (kinds.includes('list')) shows.push(isTextList(place) ? 'length' : 'presence');
  if (kinds.length === 0 || shown.length > 0) shows.push('presence');
  return shows.map((show) => ({ path: where, shows: show }));
}

function exportedShape(place: Place, path: Path): Shape[] {
  if (!isExported(place)) return [];
  const where = formatPath(path);
  const isMap = place.members !== undefined || place.patterns.length > 0;
  const shape: Shape[] = [];
  if (place.kinds.includes('list')) shape.push({ path: where, shows: 'length' });
  if (place.kinds.includes('object')) {
    if (isMap) shape.push({ path: where, shows: 'members' });
    if (path.length > 0) shape.push({ path: where, shows: 'presence' });
  }
  return shape;
}

/** Sorted, so that moving a property in the source changes nothing; the alternatives of a union repeat no line. */
function sorted<T extends { readonly path: string }>(entries: readonly T[]): T[] {
  const lines = new Map(entries.map((entry) => [JSON.stringify(entry), entry]));
  const key = ([line, { path }]: [string, T]): string => `${path}\n${line}`;
  return [...lines].sort((one, other) => (key(one) < key(other) ? -1 : 1)).map(([, entry]) => entry);
}
