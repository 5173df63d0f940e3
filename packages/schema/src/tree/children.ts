import { compilePattern, guessPattern } from '../pattern.js';
import type { Layers } from './layers.js';
import { isKeywords, schemasIn, type Keywords } from './keywords.js';

/** The children of a node: for each name, pattern or position, the schemas that describe the value there. */
export interface Children {
  /** The declared names, in order. */
  readonly keys: readonly string[];
  /** The schemas of a declared name. */
  readonly property: (key: string) => Layers;
  readonly patterns: readonly { readonly pattern: RegExp; readonly layers: Layers }[];
  readonly members: Layers | undefined;
  readonly names: Layers | undefined;
  readonly prefix: readonly Layers[];
  readonly items: Layers | undefined;
  /** True if a pattern cannot be read, so that it might match any key. */
  readonly hasInvalidPattern: boolean;
}

/** The schemas of one child: `firm` for every value, `conditional` for some values only. */
interface Choice {
  readonly firm: readonly unknown[];
  readonly conditional: readonly unknown[];
}

/** What a schema says about its members, read once. */
interface Members {
  readonly properties: Keywords;
  readonly patterns: readonly {
    readonly source: string;
    readonly pattern: RegExp;
    readonly child: unknown;
  }[];
  /** The schemas under patterns that cannot be read, with a guess of the pattern. */
  readonly unreadable: readonly { readonly guess: RegExp | undefined; readonly child: unknown }[];
  /** The schemas under patterns that every key matches. */
  readonly everywhere: readonly unknown[];
  readonly additional: Choice;
  /** What `additionalProperties` says about a key that only another schema declares. */
  readonly undeclared: Choice;
  readonly prefix: readonly unknown[];
  /** Cache of what the schema says about each key. */
  readonly known: Map<string, Choice>;
}

const anything: Keywords = {};
const nothing: Keywords = { not: {}, export: false };
const noMembers: Keywords = {};
// A pattern that cannot be read might match any undeclared key, so nothing is known about such members.
const unknownMembers: Pick<Children, 'patterns' | 'members' | 'names'> = {
  patterns: [],
  members: { firm: [{ export: false }], conditional: [] },
  names: undefined,
};
const noChoice: Choice = { firm: [], conditional: [] };
const noLayers: Layers = { firm: [], conditional: [] };

/** Returns the children that the schemas of a node describe together. */
export type ChildrenOf = (layers: Layers) => Children;

/** Creates the function that reads children; calls `spend` for each schema that it looks at. */
export function createChildrenOf(spend: (steps: number) => void): ChildrenOf {
  const read = new Map<Keywords, Members>();
  function membersOf(schema: Keywords): Members {
    let members = read.get(schema);
    if (members === undefined) read.set(schema, (members = readMembers(schema)));
    return members;
  }
  return (layers) => {
    // A shortcut for most nodes: one schema describes the members, and there are no conditions.
    const speaking = layers.firm.filter(hasMembers);
    const [single] = speaking;
    if (layers.conditional.length === 0 && speaking.length <= 1) {
      if (single === undefined) return noChildren;
      if (isSimple(single)) return simpleChildren(single);
    }
    const firm = layers.firm.map(membersOf);
    const all = [...firm, ...layers.conditional.map(membersOf)];
    const hasInvalidPattern = all.some(({ unreadable }) => unreadable.length > 0);
    const collect = (choose: (schema: Keywords, members: Members) => Choice): Layers => {
      spend(all.length);
      return collectLayers(layers, (schema) => choose(schema, membersOf(schema)));
    };
    const keys = new Set(firm.flatMap(({ properties }) => Object.keys(properties)));
    const property = (key: string): Layers => collect((_, members) => knownAt(members, key));
    // A condition can deny a member that only `additionalProperties` or a pattern declares.
    const named = hasInvalidPattern ? [] : all.slice(firm.length);
    for (const key of named.flatMap(({ properties }) => Object.keys(properties))) {
      if (!keys.has(key) && property(key).firm.length > 0) keys.add(key);
    }
    const patterns = new Map(
      all.flatMap((members) => members.patterns.map(({ source, pattern }) => [source, pattern] as const)),
    );
    const length = Math.max(0, ...firm.map(({ prefix }) => prefix.length));
    return {
      keys: [...keys],
      property,
      ...(hasInvalidPattern
        ? unknownMembers
        : {
            patterns: Array.from(patterns, ([source, pattern]) => ({
              pattern,
              layers: collect((_, members) => atPattern(members, source)),
            })).filter(({ layers }) => layers.firm.length > 0),
            members: unlessNothing(collect((_, { additional }) => additional)),
            names: unlessNothing(collect((schema) => only(schema.propertyNames))),
          }),
      prefix: Array.from({ length }, (_, at) =>
        collect((schema, { prefix }) => withContains(schema, prefix[at] ?? rest(schema))),
      ),
      items: unlessNothing(
        collect((schema, { prefix }) => {
          const { firm, conditional } = withContains(schema, rest(schema));
          // A condition can also deny an item beyond the list's own positions.
          return { firm, conditional: [...conditional, ...prefix.slice(length)] };
        }),
      ),
      hasInvalidPattern,
    };
  };
}

/** The children of a value without members. */
export const noChildren: Children = {
  keys: [],
  property: () => noLayers,
  patterns: [],
  members: undefined,
  names: undefined,
  prefix: [],
  items: undefined,
  hasInvalidPattern: false,
};

const memberKeywords = new Set([
  'properties',
  'patternProperties',
  'additionalProperties',
  'propertyNames',
  'items',
  'additionalItems',
  'prefixItems',
  'contains',
]);

/** Returns true if a schema describes the members of its value. */
export function hasMembers(schema: Keywords): boolean {
  for (const keyword in schema) if (memberKeywords.has(keyword)) return true;
  return false;
}

/** Returns true if each child of a schema is described by one keyword only. */
function isSimple(schema: Keywords): boolean {
  return !(
    'patternProperties' in schema ||
    'prefixItems' in schema ||
    'contains' in schema ||
    Array.isArray(schema.items)
  );
}

function simpleChildren(schema: Keywords): Children {
  const own = isKeywords(schema.properties) ? schema.properties : noMembers;
  return {
    ...noChildren,
    keys: Object.keys(own),
    property: (key) => layersOf(own[key] === false ? nothing : own[key]),
    members: layersIf(schema.additionalProperties),
    names: layersIf(schema.propertyNames),
    items: layersIf(schema.items),
  };
}

function layersIf(child: unknown): Layers | undefined {
  return child === true || isKeywords(child) ? layersOf(child) : undefined;
}

function layersOf(child: unknown): Layers {
  const schema = child === true ? anything : child;
  return { firm: isKeywords(schema) ? [schema] : [], conditional: [] };
}

function readMembers(schema: Keywords): Members {
  const properties = isKeywords(schema.properties) ? schema.properties : noMembers;
  const own = isKeywords(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
  const others = own.filter(([source]) => !matchesAll(source));
  const patterns = others.flatMap(([source, child]) => {
    const pattern = compilePattern(source);
    return pattern === undefined ? [] : [{ source, pattern, child }];
  });
  const readable = new Set(patterns.map(({ source }) => source));
  const unreadable = others
    .filter(([source]) => !readable.has(source))
    .map(([source, child]) => ({ guess: guessPattern(source), child }));
  const everywhere = own.filter(([source]) => matchesAll(source)).map(([, child]) => child);
  const more = schema.additionalProperties;
  const additional =
    everywhere.length === 0
      ? only(more)
      : // Some of these patterns do not match a key with a line break.
        { firm: everywhere, conditional: isKeywords(more) ? [more] : [] };
  // `true` and `{}` say nothing about a key that another schema describes, and `false` is seldom meant for such a key.
  const undeclared = additional.firm.filter((child) => isKeywords(child) && Object.keys(child).length > 0);
  const prefix = prefixOf(schema);
  return {
    properties,
    patterns,
    unreadable,
    everywhere,
    additional,
    undeclared: { ...noChoice, firm: undeclared },
    prefix,
    known: new Map(),
  };
}

function collectLayers(layers: Layers, choose: (schema: Keywords) => Choice): Layers {
  const firm = new Set<Keywords>();
  const conditional = new Set<Keywords>();
  for (const schema of layers.firm) {
    const choice = choose(schema);
    for (const child of choice.firm) addTo(firm, child, nothing);
    for (const child of choice.conditional) addTo(conditional, child);
  }
  for (const schema of layers.conditional) {
    const choice = choose(schema);
    for (const child of choice.firm) addTo(conditional, child);
    for (const child of choice.conditional) addTo(conditional, child);
  }
  if (firm.size > 1) firm.delete(anything);
  for (const schema of firm) conditional.delete(schema);
  return { firm: [...firm], conditional: [...conditional] };
}

/** Adds a schema; one that allows no value is added as `never`, if it applies to every value. */
function addTo(schemas: Set<Keywords>, child: unknown, never?: Keywords): void {
  if (child === true) schemas.add(anything);
  else if (child === false && never !== undefined) schemas.add(never);
  else if (isKeywords(child)) schemas.add(child);
}

/** Returns undefined if every schema allows no value: then there is no node. */
function unlessNothing(layers: Layers): Layers | undefined {
  return layers.firm.every((schema) => schema === nothing) ? undefined : layers;
}

function only(child: unknown): Choice {
  return child === undefined ? noChoice : { ...noChoice, firm: [child] };
}

function knownAt(members: Members, key: string): Choice {
  let choice = members.known.get(key);
  if (choice === undefined) members.known.set(key, (choice = atKey(members, key)));
  return choice;
}

function atKey({ properties, patterns, unreadable, everywhere, undeclared }: Members, key: string): Choice {
  const firm: unknown[] = Object.hasOwn(properties, key) ? [properties[key]] : [];
  for (const { pattern, child } of patterns) if (pattern.test(key)) firm.push(child);
  firm.push(...everywhere);
  // A declared key is in doubt only if such a pattern might match it.
  const conditional = unreadable.flatMap(({ guess, child }) => (guess?.test(key) === false ? [] : [child]));
  return { firm: firm.length > 0 ? firm : undeclared.firm, conditional };
}

function atPattern({ patterns, everywhere, undeclared }: Members, source: string): Choice {
  const own = patterns.find((entry) => entry.source === source);
  return own === undefined ? undeclared : { ...noChoice, firm: [own.child, ...everywhere] };
}

function withContains(schema: Keywords, own: unknown): Choice {
  const { contains } = schema;
  return contains === undefined ? only(own) : { ...only(own), conditional: [contains] };
}

function rest(schema: Keywords): unknown {
  return Array.isArray(schema.items) ? schema.additionalItems : schema.items;
}

// Before 2020-12, and in TypeBox still, a list of `items` is what `prefixItems` is now.
function prefixOf({ items, prefixItems }: Keywords): readonly unknown[] {
  return schemasIn(Array.isArray(items) ? items : prefixItems);
}

function matchesAll(pattern: string): boolean {
  return ['', '.*', '^.*', '.*$', '^.*$', '^(.*)$'].includes(pattern);
}
