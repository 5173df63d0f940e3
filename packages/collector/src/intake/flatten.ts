import type { FactValue, Json } from '@candor/protocol';
import {
  type FieldList,
  type OutputSchema,
  formatPath,
  isMask,
  maskedText,
  otherValue,
} from '@candor/schema';
import type { Fact } from '@candor/storage';

const longestText = 256;
const mostFacts = 1_000;

/** Returns the facts of a verified document, each path and value once. */
export type Flatten = (document: Json) => Fact[];

/**
 * Creates the function that lists the facts of a field list's documents.
 *
 * Paths are those of the field list: `*` is any member of a map or list. Sections and lists are facts with the value
 * `true` (present), exported values are facts with their value, and masked ones are `xxxx` whatever their kind: a
 * masked boolean must not read as true or false. A text of more than 256 characters becomes `other`, and facts beyond
 * 1,000 are left out: facts are kept for ever, so no sender may add them without limit.
 */
export function createFlatten({ output }: Pick<FieldList, 'output'>): Flatten {
  const schemas = output.map(compile);
  let paths = createPathTree();
  let turn = 0;
  return (document) => {
    if (paths.size() > mostPaths) paths = createPathTree();
    turn += 1;
    const facts: Fact[] = [];
    const add = ({ path, seen }: PathNode, value: FactValue, free: boolean): void => {
      if (seen.turn !== turn) {
        seen.turn = turn;
        seen.at.clear();
      }
      const at = seen.at.get(value) ?? facts.length;
      seen.at.set(value, at);
      facts[at] = { path, value, free };
    };
    const walk = (value: Json, position: number | undefined, node: PathNode): void => {
      const at = position === undefined ? undefined : schemas[position];
      if (at === undefined || facts.length >= mostFacts) return;
      if (typeof value !== 'object' || value === null) {
        return add(node, factValue(value, at), isFree(value, at));
      }
      if (node !== paths.root) add(node, true, false);
      if (Array.isArray(value)) {
        const { prefix = [], items, masked } = at.schema.list ?? {};
        return value.forEach((item, index) => {
          // The items of a masked list are masks, and have no schema.
          if (masked === true && item === maskedText) return add(paths.below(node, '*'), maskedText, false);
          walk(item, prefix[index] ?? items, paths.below(node, index in prefix ? String(index) : '*'));
        });
      }
      for (const key of Object.keys(value)) {
        const declared = at.properties.get(key);
        const below = declared?.schema ?? at.schema.object?.additionalProperties;
        if (below !== undefined) walk(value[key]!, below, paths.below(node, declared?.name ?? '*'));
      }
    };
    walk(document, 0, paths.root);
    return facts;
  };
}

/** The limit of cached paths: a recursive schema has infinitely many. */
const mostPaths = 10_000;

/**
 * A path with the current document's facts there. Kept between documents, since joining a path takes longer than
 * looking it up.
 */
interface PathNode {
  readonly path: string;
  readonly members: Map<string, PathNode>;
  /** The position of each value at this path among the facts of the document in that turn. */
  readonly seen: { turn: number; readonly at: Map<FactValue, number> };
}

function createPathTree(): {
  readonly root: PathNode;
  below(node: PathNode, name: string): PathNode;
  size(): number;
} {
  let size = 0;
  const create = (path: string): PathNode => {
    size += 1;
    return { path, members: new Map(), seen: { turn: 0, at: new Map() } };
  };
  const root = create('');
  return {
    root,
    below(node, name) {
      const known = node.members.get(name);
      if (known !== undefined) return known;
      const member = create(node === root ? name : `${node.path}.${name}`);
      node.members.set(name, member);
      return member;
    },
    size: () => size,
  };
}

/** An output schema with its lookups prepared. */
interface Compiled {
  readonly schema: OutputSchema;
  readonly masked: boolean;
  readonly literals: ReadonlySet<FactValue>;
  readonly properties: ReadonlyMap<string, { readonly name: string; readonly schema: number }>;
}

function compile(schema: OutputSchema): Compiled {
  const declared = schema.object?.properties ?? [];
  return {
    schema,
    masked: isMasked(schema),
    literals: new Set(schema.literals),
    properties: new Map(
      declared.map(([key, member]) => [key, { name: formatPath([key]), schema: member }] as const),
    ),
  };
}

function factValue(value: FactValue, { masked }: Compiled): FactValue {
  if (masked) return maskedText;
  return typeof value === 'string' && value.length > longestText ? otherValue : value;
}

/** Returns true if the field list does not name a value, so that a person may have chosen it. */
function isFree(value: FactValue, { masked, literals }: Compiled): boolean {
  return !masked && (typeof value === 'string' || typeof value === 'number') && !literals.has(value);
}

/** Returns true if a schema allows only masks, so that the value says only that there was one. */
function isMasked(schema: OutputSchema): boolean {
  const { literals, text, boolean, numbers, durations, port, count } = schema;
  const open = text ?? boolean ?? port ?? count ?? numbers ?? durations;
  return open === undefined && literals.every(isMask);
}
