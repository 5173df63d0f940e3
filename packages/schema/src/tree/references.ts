import type { JsonSchema } from '../schema-node.js';

/** Finds what a `$ref` in a schema points to; undefined when it is not in the document. */
export type Resolve = (from: object, reference: string) => JsonSchema | undefined;

const documentBase = 'https://schema.invalid/';

// Their contents are data, in which `$id` means nothing.
const dataKeywords = new Set(['enum', 'const', 'default', 'examples', 'export']);

/** Indexes a document's `$id`, `$anchor` and JSON pointers (JSON Schema 2020-12, section 8). */
export function createResolver(document: JsonSchema): Resolve {
  const bases = new Map<object, string>();
  const named = new Map<string, object>();
  if (typeof document === 'object') index(document, bases, named);
  return (from, reference) => {
    const url = parse(reference, bases.get(from) ?? documentBase);
    if (url === undefined) return undefined;
    const exact = named.get(url.href);
    if (exact !== undefined) return exact as JsonSchema;
    const fragment = url.hash.slice(1);
    url.hash = '';
    const resource = named.get(withoutHash(url));
    return resource === undefined ? undefined : follow(resource, fragment);
  };
}

function index(document: object, bases: Map<object, string>, named: Map<string, object>): void {
  named.set(documentBase, document);
  const pending: { node: object; base: string }[] = [{ node: document, base: documentBase }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node } = next;
    let { base } = next;
    if (bases.has(node)) continue;
    const { $id, $anchor } = node as { $id?: unknown; $anchor?: unknown };
    if (typeof $id === 'string') {
      const url = parse($id, base);
      if (url !== undefined) {
        base = withoutHash(url);
        named.set(base, node);
      }
    }
    if (typeof $anchor === 'string') named.set(`${base}#${$anchor}`, node);
    bases.set(node, base);
    for (const [key, child] of Object.entries(node)) {
      if (typeof child === 'object' && child !== null && !dataKeywords.has(key)) {
        pending.push({ node: child, base });
      }
    }
  }
}

function follow(resource: object, fragment: string): JsonSchema | undefined {
  let node: unknown = resource;
  for (const part of fragment.split('/').slice(1)) {
    const key = decode(part);
    if (key === undefined || typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) {
      return undefined;
    }
    node = (node as Record<string, unknown>)[key];
  }
  if (fragment !== '' && !fragment.startsWith('/')) return undefined;
  return typeof node === 'boolean' || (typeof node === 'object' && node !== null)
    ? (node as JsonSchema)
    : undefined;
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return undefined;
  }
}

function parse(reference: string, base: string): URL | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base) : undefined;
}

function withoutHash(url: URL): string {
  const bare = new URL(url);
  bare.hash = '';
  return bare.href;
}
