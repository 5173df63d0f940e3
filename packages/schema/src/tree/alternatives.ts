import type { Doubt, JsonSchema } from '../schema-node.js';
import type { Conditions } from './conditions.js';
import { conditionKeywords, schemasIn, type Keywords } from './keywords.js';
import type { Layers } from './layers.js';
import { doubtsOf, referenceOf, type Resolve } from './references.js';
import { coverTag, everyTag, readTag, type Status } from './tag.js';

/** One way to satisfy the schemas of a node. */
export interface Alternative extends Layers {
  readonly status: Status;
  /** True if one of the schemas describes the value. */
  readonly describes: boolean;
  readonly doubts: readonly Doubt[];
  /** True if its text is an address, set once it was compared with the other alternatives. */
  readonly address?: boolean;
}

/** Lists the ways to satisfy several schemas at once. */
export type Alternatives = (layers: Layers) => Alternative[];

// With more combinations than this a node stays untagged, since it is undecidable in practice.
const mostAlternatives = 256;
// The limit for schemas that contain each other without a value in between; no person writes as many.
const mostNested = 200;

const describing = new Set([
  'type',
  'enum',
  'const',
  'properties',
  'patternProperties',
  'additionalProperties',
  'propertyNames',
  'items',
  'prefixItems',
]);

const tooMany: Alternative = {
  firm: [],
  conditional: [],
  status: 'denied',
  describes: true,
  doubts: ['too-many-alternatives'],
};

const circular: Alternative = { ...tooMany, doubts: ['circular-reference'] };

/**
 * Creates the function that lists alternatives, with `$ref`, `allOf`, `anyOf` and `oneOf` resolved; calls `spend` for
 * each step.
 */
export function createAlternatives(
  resolve: Resolve,
  conditions: Conditions,
  spend: (steps: number) => void,
): Alternatives {
  const expanded = new Map<Keywords, Alternative[]>();
  const open = new Set<Keywords>();

  function expand(schema: JsonSchema): Alternative[] {
    if (schema === true) return [anything];
    if (schema === false) return [nothing];
    const known = expanded.get(schema);
    if (known !== undefined) return known;
    const combined = combiningKeyword(schema);
    if (combined === undefined) {
      const found = [alone(schema)];
      expanded.set(schema, found);
      return found;
    }
    // A schema that contains itself without a value in between has no end.
    if (open.has(schema)) return [circular];
    if (open.size >= mostNested) return [tooMany];
    open.add(schema);
    const target = combined === '$ref' ? referenceOf(schema, resolve) : undefined;
    const found =
      target === undefined
        ? expandOpen(schema)
        : expand(target).map((alternative) => beside(schema, alternative));
    open.delete(schema);
    expanded.set(schema, found);
    return found;
  }

  /** Expands a reference with only annotations beside it, as `expandOpen` would; nearly every reference is one. */
  function beside(schema: Keywords, { firm, conditional, status, doubts }: Alternative): Alternative {
    spend(firm.length + conditional.length + 1);
    const own = readTag(schema.export);
    return {
      firm: [schema, ...firm],
      conditional: conditional.filter((condition) => condition !== schema),
      status: own === undefined || own === 'denied' ? (own ?? status) : coverTag(own, [status]),
      describes: true,
      doubts,
    };
  }

  function expandOpen(schema: Keywords): Alternative[] {
    const reference = referenceOf(schema, resolve);
    const parts: Alternative[][] = [];
    const add = (part: Alternative[]): void => {
      if (part.length > 0) parts.push(part);
    };
    // A reference counts as a description of the value, even if its target has no type.
    if (reference !== undefined) add(expand(reference).map((target) => ({ ...target, describes: true })));
    for (const child of schemasIn(schema.allOf)) add(expand(child));
    add(schemasIn(schema.anyOf).flatMap(expand));
    add(schemasIn(schema.oneOf).flatMap(expand));
    const doubts = doubtsOf(schema, resolve);
    const extra = conditions.below(schema);
    const own = doubts.length > 0 || conditions.deny(extra) ? 'denied' : readTag(schema.export);
    const describes = isDescribing(schema);
    const combinations = combine(parts);
    if (combinations === undefined) return [{ ...tooMany, firm: [schema] }];
    return combinations.map((combination) => ({
      ...join(combination, [schema], extra),
      status: statusOf(own, combination),
      describes: describes || combination.some((part) => part.describes),
      doubts: joinDoubts(doubts, combination),
    }));
  }

  function combine(parts: readonly (readonly Alternative[])[]): Alternative[][] | undefined {
    // Most schemas have one alternative only.
    if (parts.every((part) => part.length === 1)) return [parts.flat()];
    let combinations: Alternative[][] = [[]];
    for (const part of parts) {
      if (combinations.length * part.length > mostAlternatives) return undefined;
      combinations = combinations.flatMap((chosen) => part.map((alternative) => [...chosen, alternative]));
    }
    return combinations;
  }

  /** Returns the layers of several alternatives that apply together, each once. */
  function join(
    alternatives: readonly Alternative[],
    firm: readonly Keywords[],
    conditional: readonly Keywords[],
  ): Layers {
    const all = new Set(firm);
    for (const alternative of alternatives) for (const schema of alternative.firm) all.add(schema);
    const some = new Set<Keywords>();
    for (const { conditional: own } of [...alternatives, { conditional }]) {
      for (const schema of own) if (!all.has(schema)) some.add(schema);
    }
    spend(all.size + some.size);
    return { firm: [...all], conditional: [...some] };
  }

  return ({ firm, conditional }) => {
    const [only] = firm;
    if (firm.length === 1 && conditional.length === 0 && only !== undefined) return expand(only);
    const parts = firm.map(expand).filter((part) => part.length > 0);
    const extra = conditional.flatMap((schema) => conditions.from(schema));
    const isDenied = conditions.deny(extra);
    const combinations = combine(parts);
    if (combinations === undefined) return [tooMany];
    return combinations.map((combination) => {
      const described = combination.filter(({ describes }) => describes);
      const told = described.length > 0 ? described : combination;
      const statuses = told.map(({ status }) => status);
      const denied = isDenied || combination.some(({ status }) => status === 'denied');
      return {
        ...join(combination, [], extra),
        status: denied ? 'denied' : everyTag(statuses),
        describes: described.length > 0,
        doubts: joinDoubts([], combination),
      };
    });
  };
}

const none: readonly never[] = [];

// Without any of these keywords, a schema is all that applies to its value.
const combining = new Set([
  '$ref',
  '$dynamicRef',
  '$recursiveRef',
  'allOf',
  'anyOf',
  'oneOf',
  ...conditionKeywords,
]);

/** Returns the only keyword by which a schema includes others; empty if it has several, undefined if it has none. */
function combiningKeyword(schema: Keywords): string | undefined {
  let found: string | undefined;
  for (const keyword in schema) {
    if (combining.has(keyword)) found = found === undefined ? keyword : '';
  }
  return found;
}

function alone(schema: Keywords): Alternative {
  return {
    firm: [schema],
    conditional: none,
    status: readTag(schema.export),
    describes: isDescribing(schema),
    doubts: none,
  };
}

function isDescribing(schema: Keywords): boolean {
  for (const keyword in schema) if (describing.has(keyword)) return true;
  return false;
}

const anything: Alternative = {
  firm: [{}],
  conditional: [],
  status: undefined,
  describes: false,
  doubts: [],
};

const nothing: Alternative = { ...anything, firm: [{ not: {} }], status: 'denied', describes: true };

function joinDoubts(own: readonly Doubt[], parts: readonly Alternative[]): readonly Doubt[] {
  const all = new Set(own);
  for (const { doubts } of parts) for (const doubt of doubts) all.add(doubt);
  return [...all];
}

function statusOf(own: Status, parts: readonly Alternative[]): Status {
  const statuses = parts.map(({ status }) => status);
  if (own === 'denied' || statuses.includes('denied')) return 'denied';
  if (own !== undefined) return coverTag(own, statuses);
  return everyTag(parts.filter(({ describes }) => describes).map(({ status }) => status));
}
