/**
 * Returns the paths of each definition's properties in a configuration: `types.ClientTLS.key` is at
 * `providers.docker.tls.key` and elsewhere. Members of lists and maps are `*`. The schemas here are not recursive.
 */
export function placesOf(schema) {
  const places = new Map();
  visit(schema, '', []);
  return places;

  function visit(node, owner, path) {
    if (node?.$ref !== undefined) {
      const name = node.$ref.slice('#/$defs/'.length);
      visit(schema.$defs[name], `${name}.`, path);
      return;
    }
    for (const [property, place] of Object.entries(node?.properties ?? {})) {
      const name = owner + property;
      const at = [...path, property];
      places.set(name, [...(places.get(name) ?? []), at]);
      visit(place, owner, at);
      visit(place.items ?? place.additionalProperties, owner, [...at, '*']);
    }
  }
}
