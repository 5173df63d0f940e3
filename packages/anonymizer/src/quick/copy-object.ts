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

/** A member of a map with its output. */
interface Member {
  readonly key: string;
  readonly output: Json;
}

/** Compiles the function that copies the objects of a node. */
export function compileObject(node: SchemaNode, shared: Compilation): Copy<Dictionary> {
  const { kinds, tag } = node;
  if (!isUnbounded(node)) return (_, pass) => giveUp(pass);
  const whole = tag?.transform?.kind;
  if (tag === undefined || (kinds.length > 0 && !kinds.includes('object'))) {
    return (object, pass) => hide([node], object, pass);
  }
  if (tag.transform === undefined) return compileMembers(node, shared);
  return (object, pass) => {
    hide([node], object, pass);
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
  const isMap = node.additionalProperties !== undefined || node.patternProperties.length > 0;
  return (object, pass) => {
    const result: { [key: string]: Json } = {};
    let others: Member[] | undefined;
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
      // Most members are in the schema's order.
      let rank = next;
      if (names[rank] !== key) {
        const found = ranks.get(key);
        if (found === undefined) {
          const member = isMap ? memberSchema(node, key) : undefined;
          const output =
            member === undefined ? hide([], value, pass) : copyValue(shared.copierOf(member), value, pass);
          if (output === undefined) pass.omitted.push(key);
          else (others ??= []).push({ key, output });
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
    if (others !== undefined) addMembers(output, others, pass, node, shared);
    return output;
  };
}

/** Returns the members of an object in the order of these names. */
export function inOrder(object: { [key: string]: Json }, names: Iterable<string>): { [key: string]: Json } {
  const result: { [key: string]: Json } = {};
  for (const name of names) if (Object.hasOwn(object, name)) result[name] = object[name]!;
  return result;
}

/** Adds the members of a map under exported keys. */
function addMembers(
  result: { [key: string]: Json },
  members: readonly Member[],
  pass: Pass,
  node: SchemaNode,
  { rules }: Compilation,
): void {
  const numbered: Json[] = [];
  let kept: Map<string, Json> | undefined;
  for (const { key, output } of members) {
    const name = keptKey(node.propertyNames, key, rules);
    if (name === undefined) {
      pass.numbered.push(key);
      numbered.push(output);
      continue;
    }
    kept ??= new Map();
    if (isOtherName(name, key)) giveUp(pass);
    // Two keys have the same name, or assigning the name would not create a key.
    if (kept.has(name.newKey) || node.properties.has(name.newKey) || name.newKey === '__proto__')
      giveUp(pass);
    if (name.isFreeText === true) pass.freeKeys.push(name.newKey);
    kept.set(name.newKey, output);
  }
  numbered.sort(compareOutputs);
  let number = 0;
  for (const output of numbered) {
    do number += 1;
    while (node.properties.has(`key${number}`));
    if (kept === undefined) result[`key${number}`] = output;
    else kept.set(`key${number}`, output);
  }
  if (kept === undefined) return;
  for (const key of [...kept.keys()].sort(compareKeys)) result[key] = kept.get(key)!;
}
