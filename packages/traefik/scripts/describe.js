/**
 * Returns a copy of a schema in which every exported property has its `description` and `why`.
 *
 * `texts` describes the properties of each definition (`(root)` for the top level); `*` describes properties by name in
 * any definition. Throws on an exported property without a text.
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
