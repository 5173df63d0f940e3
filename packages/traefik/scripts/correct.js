/**
 * Applies the table of corrections to a schema as shipped, and returns the corrected copy.
 *
 * A correction names a node as `Definition.property` (a top-level property has no definition), with `/items` or
 * `/propertyNames` below it, and what is exported instead: `false`, or the value of an `export` keyword, in which
 * `only` names a list of known values; with `anyOf`, one for each pattern that a text may match. The members of the
 * node lose their tags, unless they are named.
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
        // A tag needs the type beside it.
        const { type } = place;
        place.anyOf = anyOf.map(({ pattern, export: tag }) => ({ type, pattern, export: tagOf(tag) }));
      }
    }
  }
  return corrected;
}

/** Returns the node that a correction names; undefined if this version has none. */
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
