import { compilePattern } from '../pattern.js';
import type { JsonSchema } from '../schema-node.js';
import { isAddressFormat } from './facets.js';
import {
  isKeywords,
  namedConditions,
  schemasIn,
  schemasOf,
  singleConditions,
  type Keywords,
} from './keywords.js';
import { doubtsOf, referenceOf, type Resolve } from './references.js';
import { readTag } from './tag.js';

/** The schemas that apply to some values only: in `if`, `then`, `else`, `dependentSchemas`, `dependencies`. */
export interface Conditions {
  /** Returns the conditional schemas under a schema, and all that they refer to. */
  readonly below: (schema: Keywords) => readonly Keywords[];
  /** Returns a conditional schema, and all that it refers to. */
  readonly from: (schema: JsonSchema) => readonly Keywords[];
  /** Returns true if one of them denies an export, or might, since it cannot be read. */
  readonly deny: (conditional: readonly Keywords[]) => boolean;
}

const none: readonly Keywords[] = [];

/** Creates the functions that read a document's conditions. */
export function createConditions(document: JsonSchema, resolve: Resolve): Conditions {
  let relevant: ReadonlySet<object> | undefined;
  const closures = new Map<Keywords, readonly Keywords[]>();

  // A condition matters only if it, or anything it leads to, can deny an export or make a text an address.
  function isRelevant(schema: Keywords): boolean {
    relevant ??= findRelevant(document, resolve);
    return relevant.has(schema);
  }

  function from(schema: JsonSchema): readonly Keywords[] {
    if (!isKeywords(schema)) return none;
    const known = closures.get(schema);
    if (known !== undefined) return known;
    const found = new Set<Keywords>();
    const pending: JsonSchema[] = [schema];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (!isKeywords(next) || found.has(next) || !isRelevant(next)) continue;
      found.add(next);
      pending.push(...besides(next, resolve));
    }
    const closure = [...found];
    closures.set(schema, closure);
    return closure;
  }

  return {
    from,
    below: (schema) => {
      const conditions = conditionsIn(schema);
      return conditions.length === 0 ? none : [...new Set(conditions.flatMap(from))];
    },
    deny: (conditional) =>
      conditional.some(
        (schema) => readTag(schema.export) === 'denied' || doubtsOf(schema, resolve).length > 0,
      ),
  };
}

/** Returns the schemas that also apply to the same value. */
function besides(schema: Keywords, resolve: Resolve): JsonSchema[] {
  const reference = referenceOf(schema, resolve);
  return [
    ...(reference === undefined ? [] : [reference]),
    ...['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => schemasIn(schema[keyword])),
    ...conditionsIn(schema),
  ];
}

function conditionsIn(schema: Keywords): JsonSchema[] {
  const found: JsonSchema[] = [];
  for (const keyword of singleConditions) {
    if (keyword in schema) found.push(...schemasIn([schema[keyword]]));
  }
  for (const keyword of namedConditions) {
    if (keyword in schema) found.push(...schemasOf(schema[keyword]));
  }
  return found;
}

/** Finds every object of a document that leads to a denial, an address or a doubt, by its members or a reference. */
function findRelevant(document: JsonSchema, resolve: Resolve): ReadonlySet<object> {
  const leadsTo = new Map<object, object[]>();
  const relevant = new Set<object>();
  const visited = new Set<object>();
  const pending: object[] = isKeywords(document) ? [document] : [];
  const link = (from: object, to: unknown): void => {
    if (typeof to !== 'object' || to === null) return;
    const known = leadsTo.get(to);
    if (known === undefined) leadsTo.set(to, [from]);
    else known.push(from);
    pending.push(to);
  };
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (visited.has(next)) continue;
    visited.add(next);
    const node = next as Keywords;
    if (isDecisive(node, resolve)) relevant.add(node);
    for (const child of Object.values(node)) link(node, child);
    link(node, referenceOf(node, resolve));
  }
  const marked = [...relevant];
  for (let next = marked.pop(); next !== undefined; next = marked.pop()) {
    for (const from of leadsTo.get(next) ?? []) {
      if (relevant.has(from)) continue;
      relevant.add(from);
      marked.push(from);
    }
  }
  return relevant;
}

function isDecisive(schema: Keywords, resolve: Resolve): boolean {
  const patterns = schema.patternProperties;
  return (
    readTag(schema.export) === 'denied' ||
    isAddressFormat(schema.format) ||
    doubtsOf(schema, resolve).length > 0 ||
    (isKeywords(patterns) && Object.keys(patterns).some((source) => compilePattern(source) === undefined))
  );
}
