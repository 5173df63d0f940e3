import type { Doubt, JsonSchema } from '../schema-node.js';
import { childRole, isKeywords, type Keywords, type Role } from './keywords.js';

/** Finds what a `$ref` in a schema points to; undefined when it is not in the document. */
export type Resolve = (from: object, reference: string) => JsonSchema | undefined;

/** The references of a document. */
export interface Resolver {
  readonly resolve: Resolve;
  /** How many objects and lists the document holds. */
  readonly size: number;
}

/** A schema with an identifier of its own, against which references below it resolve. */
interface Resource {
  readonly root: object;
  readonly url: string;
}

const documentUrl = 'https://schema.invalid/';

/**
 * Indexes a document's identifiers and anchors (JSON Schema 2020-12, section 8; in draft 6 and 7 an `$id` that is
 * only a fragment is an anchor, in draft 4 the keyword is `id`). A name that is given twice leads nowhere.
 */
export function createResolver(document: JsonSchema): Resolver {
  const resources = new Map<object, Resource>();
  const named = new Map<string, object | undefined>();
  if (isKeywords(document)) indexDocument(document, resources, named);
  const found = new Map<object, Map<string, JsonSchema | undefined>>();
  const find: Resolve = (from, reference) => {
    const resource = resources.get(from) ?? { root: document as object, url: documentUrl };
    let known = found.get(resource.root);
    if (known === undefined) found.set(resource.root, (known = new Map()));
    if (known.has(reference)) return known.get(reference);
    const target = resolve(resource, reference, named);
    known.set(reference, target);
    return target;
  };
  return { resolve: find, size: resources.size };
}

function resolve(
  resource: Resource,
  reference: string,
  named: ReadonlyMap<string, object | undefined>,
): JsonSchema | undefined {
  if (reference === '#' || reference.startsWith('#/')) return follow(resource.root, reference.slice(1));
  const url = parseUrl(reference, resource.url);
  if (url === undefined) return undefined;
  if (url.hash === '' || url.hash.startsWith('#/')) {
    const root = named.get(withoutHash(url));
    return root && follow(root, url.hash.slice(1));
  }
  return named.get(url.href) as JsonSchema | undefined;
}

interface Visit {
  readonly node: object;
  readonly role: Role;
  readonly resource: Resource;
}

function indexDocument(
  document: Keywords,
  resources: Map<object, Resource>,
  named: Map<string, object | undefined>,
): void {
  const root = { root: document, url: documentUrl };
  named.set(documentUrl, document);
  const idKeyword = /draft-0[34]\b/.test(String(document['$schema'])) ? 'id' : '$id';
  // Before 2019-09 a reference stands alone, so an identifier beside it names nothing.
  const isOld = /draft-0[3-7]\b/.test(String(document['$schema']));
  const visited = new Map<object, Role>();
  const pending: Visit[] = [{ node: document, role: 'schema', resource: root }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, role } = next;
    if (visited.has(node) && (visited.get(node) === 'schema' || role !== 'schema')) continue;
    visited.set(node, role);
    let { resource } = next;
    if (role === 'schema' && !Array.isArray(node)) {
      const keywords = node as Keywords;
      const isIgnored = isOld && '$ref' in keywords && node !== document;
      const id = isIgnored ? undefined : keywords[idKeyword];
      resource = nameSchema(keywords, id, resource, named);
    }
    resources.set(node, resource);
    for (const [key, child] of Object.entries(node) as [string, unknown][]) {
      if (typeof child === 'object' && child !== null) {
        const isItem = Array.isArray(node);
        pending.push({ node: child, role: isItem ? role : childRole(role, key), resource });
      }
    }
  }
}

/** Registers what a schema is called, and returns the resource that it belongs to. */
function nameSchema(
  schema: Keywords,
  id: unknown,
  above: Resource,
  named: Map<string, object | undefined>,
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

/** Why nothing can be said of a schema that stands alone. */
export function doubtsOf(schema: Keywords, resolve: Resolve): Doubt[] {
  const doubts: Doubt[] = [];
  if ('$ref' in schema && referenceOf(schema, resolve) === undefined) doubts.push('unresolved-reference');
  if ('$dynamicRef' in schema || '$recursiveRef' in schema) doubts.push('dynamic-reference');
  return doubts;
}

/** The target of a schema's `$ref`; undefined where it has none or it leads nowhere. */
export function referenceOf(schema: Keywords, resolve: Resolve): JsonSchema | undefined {
  const reference = schema['$ref'];
  return typeof reference === 'string' ? resolve(schema, reference) : undefined;
}

/** The schema that a reference leads to where it says nothing else; any other schema is returned as it is. */
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
