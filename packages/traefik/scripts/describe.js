/**
 * Returns a copy of a schema in which every exported property has its `description` and `why`.
 *
 * `texts` says for each definition (`(root)` for the top level) what its properties are; `*` holds what is the
 * same wherever a property of that name stands. An exported property without a text is an error.
 */
export function describe(schema, texts) {
  const described = structuredClone(schema);
  for (const [name, definition] of [['(root)', described], ...Object.entries(described.$defs)]) {
    for (const [property, place] of Object.entries(definition.properties ?? {})) {
      if (place.export === undefined) continue;
      const text = texts[name]?.[property] ?? texts['*'][property];
      if (text === undefined) throw new Error(`No description of ${name}.${property}`);
      definition.properties[property] = { description: text.description, ...place, why: text.why };
    }
  }
  return described;
}
