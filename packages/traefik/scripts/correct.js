/**
 * Applies the table of corrections to a schema as shipped, and returns the corrected copy.
 *
 * A correction names places as `Definition.property` (a top-level property has no definition), `/items` or
 * `/propertyNames` below it, and what may leave instead: `false`, or the value of an `export` keyword, where
 * `only` names a list of known values; with `anyOf`, one for each pattern that a text may match. The place's members
 * lose their tags, except where one of them is named.
 */
export function correct(schema, corrections, knownValues) {
  const corrected = structuredClone(schema);
  const tagOf = (tag) => (tag.only === undefined ? tag : { ...tag, only: valuesOf(tag.only, knownValues) });
  for (const { at, export: tag, anyOf } of corrections) {
    for (const name of at) {
      const place = placeAt(corrected, name);
      if (place === undefined) continue;
      for (const member of ['items', 'propertyNames', 'additionalProperties']) delete place[member]?.export;
      if (tag === false) {
        delete place.export;
        delete place.why;
      } else if (anyOf === undefined) {
        place.export = tagOf(tag);
      } else {
        delete place.export;
        // A tag needs its type beside it.
        const { type } = place;
        place.anyOf = anyOf.map(({ pattern, export: tag }) => ({ type, pattern, export: tagOf(tag) }));
      }
    }
  }
  return corrected;
}

/** The node that a correction names; undefined where this version has none. */
export function placeAt(schema, name) {
  const [property, member] = name.split('/');
  const dot = property.lastIndexOf('.');
  const owner = dot < 0 ? schema : schema.$defs[property.slice(0, dot)];
  const place = owner?.properties[property.slice(dot + 1)];
  return member === undefined ? place : place?.[member];
}

function valuesOf(name, knownValues) {
  const values = knownValues[name];
  if (values === undefined) throw new Error(`corrections.json names ${name}, which known-values.json lacks`);
  return values;
}
