import type { SchemaNode } from '@candor/schema';

/** A key of the configuration with what the schema says about it. */
export interface Found {
  /** The schema's spelling; for a key of a map, as written. */
  readonly key: string;
  readonly place: SchemaNode;
  readonly isProperty: boolean;
}

/** Finds a key in a section, whatever its case, or in a map; undefined when nothing may stand there. */
export function lookup(place: SchemaNode, key: string): Found | undefined {
  const property = findProperty(place, key);
  if (property !== undefined) return property;
  const pattern = place.patternProperties.find((candidate) => candidate.pattern.test(key));
  const member = pattern?.node ?? place.additionalProperties;
  return member === undefined ? undefined : { key, place: member, isProperty: false };
}

function findProperty(place: SchemaNode, key: string): Found | undefined {
  const exact = place.properties.get(key);
  const spelling = exact === undefined ? foldedKey(place.properties.keys(), key) : key;
  const found = exact ?? (spelling === undefined ? undefined : place.properties.get(spelling));
  // `readOnly` is never written by people; what they write instead says `loadAs`.
  if (spelling === undefined || found === undefined || found.keywords['readOnly'] === true) return undefined;
  const loadAs = found.keywords['loadAs'];
  return { key: typeof loadAs === 'string' ? loadAs : spelling, place: found, isProperty: true };
}

/** The key that is the same but for its case. */
function foldedKey(keys: Iterable<string>, wanted: string): string | undefined {
  const lower = wanted.toLowerCase();
  for (const key of keys) if (key.toLowerCase() === lower) return key;
  return undefined;
}

/** The keys that people may write in a section. */
export function knownKeys(place: SchemaNode): string[] {
  return [...place.properties]
    .filter(([, { keywords }]) => keywords['readOnly'] !== true)
    .map(([key]) => key);
}

/** The place that keys from a flag lead to. */
export function placeAt(root: SchemaNode, keys: readonly string[]): SchemaNode | undefined {
  let place: SchemaNode | undefined = root;
  for (const key of keys) {
    if (place === undefined) return undefined;
    // The rest is one key of a map of texts: `labels.a.b` is the label `a.b`.
    if (isTexts(place) && lookup(place, key)?.isProperty !== true) return place.additionalProperties;
    place = isList(place) ? place.items : lookup(place, key)?.place;
  }
  return place;
}

/** True where free keys hold texts; such keys may have dots in them. */
export function isTexts({ additionalProperties }: SchemaNode): boolean {
  return (
    additionalProperties !== undefined &&
    !isObject(additionalProperties) &&
    additionalProperties.kinds.includes('string')
  );
}

/** True for a section with declared keys, false for a map with free ones. */
export function isSection(place: SchemaNode): boolean {
  return isObject(place) && (place.properties.size > 0 || place.additionalProperties === undefined);
}

export function isObject(place: SchemaNode): boolean {
  return (
    place.kinds.includes('object') || place.properties.size > 0 || place.additionalProperties !== undefined
  );
}

export function isList(place: SchemaNode): boolean {
  return place.kinds.includes('array') || place.items !== undefined || place.prefixItems.length > 0;
}

/** True where the schema says nothing about the value. */
export function isAnything(place: SchemaNode): boolean {
  return place.kinds.length === 0 && place.anyOf.length === 0 && !isObject(place) && !isList(place);
}

/** `minProperties` asks for content; a section without it may be switched on by its name alone. */
export function mayBeEmpty(place: SchemaNode): boolean {
  const least = place.keywords['minProperties'];
  return typeof least !== 'number' || least < 1;
}
