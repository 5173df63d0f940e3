import type { Json, SchemaNode } from '@candor/schema';
import { countOf, isOtherName, keptKey } from '../apply/apply-tags.js';
import { memberSchema } from '../apply/member-schema.js';
import { compareKeys, compareOutputs } from '../output.js';
import { isUnbounded } from './bounds.js';
import { copyValue } from './copy-value.js';
import {
  type Compilation,
  type Copier,
  type Copy,
  type Dictionary,
  giveUp,
  hide,
  type Pass,
} from './pass.js';

/** Stands for a value that cannot be read; a symbol is never JSON. */
const unreadable = Symbol('unreadable');

/** The outputs of a map's members. */
interface MapOutputs {
  /** Those that are exported under made-up keys. */
  readonly numbered: Json[];
  /** The others, by exported key. */
  readonly kept: Map<string, Json>;
}

/** Compiles the function that copies the objects of a node. */
export function compileObject(node: SchemaNode, shared: Compilation): Copy<Dictionary> {
  const { kinds, tag } = node;
  const schemas = [node];
  if (!isUnbounded(node)) return (_, pass) => giveUp(pass);
  const whole = tag?.transform?.kind;
  if (tag === undefined || (kinds.length > 0 && !kinds.includes('object'))) {
    return (object, pass) => hide(schemas, object, pass);
  }
  if (tag.transform === undefined) return compileMembers(node, shared);
  return (object, pass) => {
    hide(schemas, object, pass);
    if (whole === 'presence') return true;
    return whole === 'count' ? countOf(node, Object.keys(object).length) : undefined;
  };
}

function compileMembers(node: SchemaNode, shared: Compilation): Copy<Dictionary> {
  const names = [...node.properties.keys()];
  // Assigning `__proto__` would not create a key.
  if (names.includes('__proto__')) return (_, pass) => giveUp(pass);
  const ranks = new Map(names.map((name, rank) => [name, rank]));
  const copiers = names.map((): Copier | undefined => undefined);
  const copyOther = compileOther(node, shared);
  return (object, pass) => {
    const result: { [key: string]: Json } = {};
    let others: MapOutputs | undefined;
    let next = 0;
    let isInOrder = true;
    // Faster than `Object.keys`; `compileQuickOutput` has checked that nothing is inherited.
    for (const key in object) {
      pass.left -= 1;
      let value: unknown;
      try {
        value = object[key];
      } catch {
        // A getter that threw is not called again.
        value = unreadable;
      }
      // Most members are in the schema's order. Only texts are compared, which takes no call.
      let rank = next;
      if (rank >= names.length || names[rank] !== key) {
        const found = ranks.get(key);
        if (found === undefined) {
          copyOther(key, value, (others ??= { numbered: [], kept: new Map() }), pass);
          continue;
        }
        if (found < next) isInOrder = false;
        rank = found;
      }
      next = rank + 1;
      const copier = (copiers[rank] ??= shared.copierOf(node.properties.get(key)!));
      const output = copyValue(copier, value, pass);
      if (output !== undefined) result[key] = output;
    }
    const output = isInOrder ? result : inOrder(result, names);
    if (others !== undefined) addMembers(output, others, node);
    return output;
  };
}

/** Returns the members of an object in the order of these names. */
export function inOrder(object: { [key: string]: Json }, names: Iterable<string>): { [key: string]: Json } {
  const result: { [key: string]: Json } = {};
  for (const name of names) if (Object.hasOwn(object, name)) result[name] = object[name]!;
  return result;
}

/** Compiles the function that copies a member whose key no schema declares. */
function compileOther(
  node: SchemaNode,
  { copierOf, rules }: Compilation,
): (key: string, value: unknown, outputs: MapOutputs, pass: Pass) => void {
  const { propertyNames, properties, patternProperties } = node;
  const copierAt = (key: string): Copier | undefined => {
    const member = memberSchema(node, key);
    return member && copierOf(member);
  };
  // Without patterns, it is the same for all keys that no schema declares, such as this one.
  const ofAll = patternProperties.length === 0 ? copierAt('__proto__') : undefined;
  return (key, value, { numbered, kept }, pass) => {
    const copier = patternProperties.length === 0 ? ofAll : copierAt(key);
    const output = copier === undefined ? hide([], value, pass) : copyValue(copier, value, pass);
    if (output === undefined) {
      pass.omitted.push(key);
      return;
    }
    const name = keptKey(propertyNames, key, rules);
    if (name === undefined) {
      pass.numbered.push(key);
      numbered.push(output);
      return;
    }
    const { newKey } = name;
    // Two keys have the same name, or assigning the name would not create a key.
    const isTaken = kept.has(newKey) || properties.has(newKey) || newKey === '__proto__';
    if (isTaken || isOtherName(name, key)) giveUp(pass);
    if (name.isFreeText === true) pass.freeKeys.push(newKey);
    kept.set(newKey, output);
  };
}

/** Adds the members of a map under exported keys. */
function addMembers(
  result: { [key: string]: Json },
  { numbered, kept }: MapOutputs,
  { properties }: SchemaNode,
): void {
  if (numbered.length > 1) numbered.sort(compareOutputs);
  let number = 0;
  for (const output of numbered) {
    do number += 1;
    while (properties.has(`key${number}`));
    if (kept.size === 0) result[`key${number}`] = output;
    else kept.set(`key${number}`, output);
  }
  for (const key of [...kept.keys()].sort(compareKeys)) result[key] = kept.get(key)!;
}
