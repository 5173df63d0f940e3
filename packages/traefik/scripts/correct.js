/**
 * Applies the table of corrections to a schema as shipped, and returns the corrected copy.
 *
 * A correction names places as `Definition.property` (a top-level property has no definition), `/items` or
 * `/propertyNames` below it, and what may leave instead: `false`, or the value of an `export` keyword, where
 * `only` names a list of known values. The place's members lose their tags, except where one of them is named.
 */
export function correct(schema, corrections, knownValues) {
  const corrected = structuredClone(schema);
  for (const { at, export: tag } of corrections) {
    for (const name of at) {
      const place = placeAt(corrected, name);
      if (place === undefined) continue;
      for (const member of ['items', 'propertyNames', 'additionalProperties']) delete place[member]?.export;
      if (tag === false) {
        delete place.export;
        delete place.why;
      } else {
        place.export = tag.only === undefined ? tag : { ...tag, only: valuesOf(tag.only, knownValues) };
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
