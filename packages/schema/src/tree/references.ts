import type { Doubt, JsonSchema } from '../schema-node.js';
import type { SchemaDocument } from './document.js';
import { isKeywords, roleOf, type Keywords } from './keywords.js';

/** Returns the target of a `$ref` in a schema; undefined if it is not in the document. */
export type Resolve = (from: object, reference: string) => JsonSchema | undefined;

/** A schema with an identifier of its own, against which references below it resolve. */
interface Resource {
  readonly root: object;
  readonly url: string;
}

const documentUrl = 'https://schema.invalid/';

/**
 * Creates the function that resolves the references of a document (JSON Schema 2020-12, section 8; in draft 6 and 7 an
 * `$id` that is only a fragment is an anchor, in draft 4 the keyword is `id`). A name that occurs twice resolves to
 * nothing.
 */
export function createResolver({ root: document, hasNames }: SchemaDocument): Resolve {
  if (!isKeywords(document)) return () => undefined;
  const resources = new Map<object, Resource>();
  const named = new Map<string, Keywords | undefined>([[documentUrl, document]]);
  const found = new Map<object, Map<string, JsonSchema | undefined>>();
  const top = { root: document, url: documentUrl };
  if (hasNames) {
    const dialect = String(document.$schema);
    const idKeyword = /draft-0[34]\b/.test(dialect) ? 'id' : '$id';
    // Before 2019-09 keywords beside a reference are ignored, so an identifier there names nothing.
    const isOld = /draft-0[3-7]\b/.test(dialect);
    indexSchemas(document, top, resources, (schema, above) => {
      const isIgnored = isOld && '$ref' in schema && schema !== document;
      return nameSchema(schema, isIgnored ? undefined : schema[idKeyword], above, named);
    });
  }
  const find: Resolve = (from, reference) => {
    const resource = resources.get(from) ?? top;
    let known = found.get(resource.root);
    if (known === undefined) found.set(resource.root, (known = new Map()));
    if (known.has(reference)) return known.get(reference);
    const target = resolve(resource, reference);
    known.set(reference, target);
    return target;
  };
  const resolve = (resource: Resource, reference: string): JsonSchema | undefined => {
    if (reference === '#' || reference.startsWith('#/')) return followIn(resource, reference.slice(1));
    const url = parseUrl(reference, resource.url);
    if (url === undefined) return undefined;
    if (url.hash !== '' && !url.hash.startsWith('#/')) return named.get(url.href);
    const bare = withoutHash(url);
    const root = named.get(bare);
    return root && followIn({ root, url: bare }, url.hash.slice(1));
  };
  const followIn = (resource: Resource, pointer: string): JsonSchema | undefined => {
    const target = follow(resource.root, pointer);
    // Schemas under an unknown keyword have no names, but a pointer can refer to them.
    if (hasNames && isKeywords(target)) indexSchemas(target, resource, resources);
    return target;
  };
  return find;
}

/** Records the resource of each schema, from a schema down, and the names of those that have one. */
function indexSchemas(
  top: Keywords,
  above: Resource,
  resources: Map<object, Resource>,
  name?: (schema: Keywords, above: Resource) => Resource,
): void {
  const pending: { readonly schema: Keywords; readonly resource: Resource }[] = [
    { schema: top, resource: above },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { schema } = next;
    if (resources.has(schema)) continue;
    const resource = name?.(schema, next.resource) ?? next.resource;
    resources.set(schema, resource);
    const push = (child: unknown): void => {
      if (isKeywords(child)) pending.push({ schema: child, resource });
      else if (Array.isArray(child)) for (const item of child) if (isKeywords(item)) push(item);
    };
    for (const keyword in schema) {
      const role = roleOf(keyword);
      if (role === 'schema') push(schema[keyword]);
      else if (role === 'schemas') for (const child of Object.values(schema[keyword] ?? {})) push(child);
    }
  }
}

/** Registers the name of a schema, and returns the resource that it belongs to. */
function nameSchema(
  schema: Keywords,
  id: unknown,
  above: Resource,
  named: Map<string, Keywords | undefined>,
): Resource {
  const name = (url: string): void => {
    const isTaken = named.has(url) && named.get(url) !== schema;
    named.set(url, isTaken ? undefined : schema);
  };
  let resource = above;
  const url = typeof id === 'string' ? parseUrl(id, above.url) : undefined;
  if (url !== undefined) {
    if (!String(id).startsWith('#')) {
      resource = { root: schema, url: withoutHash(url) };
      name(resource.url);
    }
    if (url.hash !== '') name(url.href);
  }
  for (const keyword of ['$anchor', '$dynamicAnchor']) {
    const anchor = schema[keyword];
    const target = typeof anchor === 'string' ? parseUrl(`#${anchor}`, resource.url) : undefined;
    if (target !== undefined) name(target.href);
  }
  return resource;
}

function follow(resource: object, pointer: string): JsonSchema | undefined {
  let node: unknown = resource;
  for (const part of pointer.split('/').slice(1)) {
    const key = decode(part);
    if (key === undefined || typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) {
      return undefined;
    }
    node = (node as Record<string, unknown>)[key];
  }
  return typeof node === 'boolean' || isKeywords(node) ? node : undefined;
}

function decode(part: string): string | undefined {
  if (!/[%~]/.test(part)) return part;
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return undefined;
  }
}

function parseUrl(reference: string, base: string): URL | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base) : undefined;
}

function withoutHash(url: URL): string {
  const bare = new URL(url);
  bare.hash = '';
  return bare.href;
}

/** Returns the doubts about a schema by itself. */
export function doubtsOf(schema: Keywords, resolve: Resolve): Doubt[] {
  const doubts: Doubt[] = [];
  if ('$ref' in schema && referenceOf(schema, resolve) === undefined) doubts.push('unresolved-reference');
  if ('$dynamicRef' in schema || '$recursiveRef' in schema) doubts.push('dynamic-reference');
  return doubts;
}

/** Returns the target of a schema's `$ref`; undefined if it has none or it cannot be resolved. */
export function referenceOf(schema: Keywords, resolve: Resolve): JsonSchema | undefined {
  const reference = schema.$ref;
  return typeof reference === 'string' ? resolve(schema, reference) : undefined;
}

/** Returns the target of a reference without other keywords; returns any other schema as it is. */
export function followBare(given: Keywords, resolve: Resolve): Keywords {
  const seen = new Set<Keywords>();
  let schema = given;
  while (isBareReference(schema) && !seen.has(schema)) {
    seen.add(schema);
    const target = referenceOf(schema, resolve);
    if (typeof target !== 'object') break;
    schema = target;
  }
  return schema;
}

function isBareReference(schema: Keywords): boolean {
  if (!('$ref' in schema)) return false;
  for (const keyword in schema) if (keyword !== '$ref') return false;
  return true;
}
