/**
 * Turns the type tree of one Traefik version into a JSON Schema (2020-12).
 *
 * The tree comes from reflection over the program's own types: `root`, `initial` (the configuration before anything is
 * loaded) and `types`, each with `fields` and, where the type sets them, `defaults`. An embedded type's fields are in
 * its parent; a field's tag is at the node that it creates. Defaults are at the properties: every type occurs in one
 * context only, so a section that exists by default has `default: {}`, and its properties have their own defaults.
 *
 * Beside standard keywords, the loader (`@candor/config`) reads these: `minProperties: 1` (the section needs content),
 * `bareFlag: false` (a flag for it needs a value), `format: go-duration`, `int32` and `int64`, and `loadAs` (the key in
 * the loaded configuration, if it differs). The anonymizer reads `format: address`, which a text has if its property's
 * name says that it is an address.
 */
export function schemaFromFields(tree, title) {
  const definitions = {};

  function definition(name, start) {
    const key = definitionName(name);
    const known = definitions[key];
    if (known === undefined) {
      definitions[key] = {};
      Object.assign(definitions[key], {
        type: 'object',
        properties: properties(name, start),
        additionalProperties: false,
      });
    }
    return `#/$defs/${key}`;
  }

  function properties(name, start) {
    const found = {};
    for (const field of fieldsOf(tree.types, name)) {
      const loadedAs = field.name.toLowerCase() === field.json.toLowerCase() ? undefined : field.json;
      found[field.json] = place(field, start[field.json]);
      if (loadedAs !== undefined) {
        found[field.json].readOnly = true;
        found[lowerFirst(field.name)] = { ...place(field, undefined), readOnly: undefined, loadAs: loadedAs };
      }
    }
    return found;
  }

  function place(field, start) {
    const { value } = field;
    const isSection = value.kind === 'struct' || value.kind === 'map';
    const always = value.kind === 'struct' && !value.pointer;
    return withoutUndefined({
      ...node(isAddress(field.json) ? addressesIn(value) : value, start, field.export),
      minProperties: isSection && !field.emptyInFile ? 1 : undefined,
      default: isSection ? (start === undefined && !always ? undefined : {}) : start,
      export: field.export,
    });
  }

  function node(value, start, tag) {
    switch (value.kind) {
      case 'bool':
        return { type: 'boolean' };
      case 'string':
        return { type: 'string' };
      case 'address':
        return { type: 'string', format: 'address' };
      case 'int':
      case 'int64':
        return { type: 'integer', format: 'int64' };
      case 'int32':
        return { type: 'integer', format: 'int32' };
      case 'float64':
        return { type: 'number' };
      case 'duration':
        return { $ref: '#/$defs/duration' };
      case 'any':
        return { $ref: '#/$defs/text' };
      case 'list':
        return { type: 'array', items: member(value.of, tag) };
      case 'map':
        return {
          type: 'object',
          propertyNames: tag ? { type: 'string', export: true } : { type: 'string' },
          additionalProperties: member(value.of, tag),
        };
      case 'struct':
        if (tree.types[value.type] === undefined) return { type: 'object', additionalProperties: false };
        return { $ref: definition(value.type, start ?? (value.pointer ? defaultsOf(value.type) : {})) };
      default:
        throw new Error(`Unknown kind of value: ${value.kind}`);
    }
  }

  // The program visits every member of an exported list or map.
  function member(value, tag) {
    const isPlainStruct = value.kind === 'struct' && !value.pointer;
    return withoutUndefined({
      ...node(value, defaultsOf(value.type), tag),
      bareFlag: isPlainStruct ? false : undefined,
      export: tag,
    });
  }

  function defaultsOf(name) {
    return tree.types[name]?.defaults ?? {};
  }

  const root = properties(tree.root, tree.initial);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    type: 'object',
    export: true,
    properties: root,
    $defs: {
      duration: {
        description: 'A time such as `10s`, `1m30s` or `500ms`; a bare number is seconds.',
        type: ['string', 'integer'],
        format: 'go-duration',
        pattern: '^[-+]?(\\d+|((\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+)$',
      },
      text: {
        description: 'Settings of a plugin: texts, lists and sections of them.',
        type: ['string', 'array', 'object'],
        items: { $ref: '#/$defs/text' },
        additionalProperties: { $ref: '#/$defs/text' },
      },
      ...Object.fromEntries(Object.entries(definitions).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

// `httpEntryPoint` is not an endpoint and `certResolver` not a resolver: both name another part of the configuration.
const addressName =
  /(?:^a|A)ddr(?:ess)?$|(?:^e|E)ndpoints?$|(?:^h|H)ost(?:name|Port)?$|(?:^s|S)erver(?:Name)?$|(?:^url|URL)$|(?:^ip|IP)s?$|^resolvers$/;

/** Returns true if a property's name says that its text is a host, an IP address or a URL. */
function isAddress(name) {
  return addressName.test(name);
}

/** Returns a text, or each text of a list, as an address; anything else as it is. */
function addressesIn(value) {
  if (value.kind === 'list') return { ...value, of: addressesIn(value.of) };
  return value.kind === 'string' ? { kind: 'address' } : value;
}

function fieldsOf(types, name) {
  return types[name].fields.flatMap((field) =>
    field.embedded ? fieldsOf(types, field.value.type) : [field],
  );
}

/** Returns the name of a type's definition: `crd.Provider` for `provider/kubernetes/crd.Provider`. */
function definitionName(type) {
  return type.slice(type.lastIndexOf('/') + 1);
}

function lowerFirst(text) {
  return text[0].toLowerCase() + text.slice(1);
}

function withoutUndefined(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
