import { isTextList, maskedLength, maskedText, type Json, type SchemaNode } from '@candor/schema';
import { createHiddenKeys, noHiddenKeys, normalizeKey, type HiddenKeys } from '../hidden-keys.js';
import { namesKey } from '../name-keys.js';
import { compareKeys, compareOutputs } from '../output.js';
import { deepest, mostValues, snapshot } from '../snapshot.js';
import type { TextCheck } from '../text-check.js';
import { type Scalar } from './anonymize-scalar.js';
import { applyToScalar, countOf, isOtherName, keptKey } from './apply-tags.js';
import { memberSchema } from './member-schema.js';

/**
 * Makes the output of most values in one pass; returns undefined for a value that needs the longer way.
 *
 * `applyTags`, `nameKeys` and `toOutput` keep a result for each value, which explains what happened and lets one member
 * change the name of another. Where only the output is asked for, and no text names a key that does not leave, one
 * function for each place copies straight into it: a Traefik configuration of 320 leaves takes 0.45 of
 * `structuredClone` instead of 9.6. Scalars and keys follow the same rules by the same code; at a rule for
 * containers that is not written down here, this gives up. A property test holds both ways against each other.
 */
export type QuickOutput = (value: unknown) => Json | undefined;

/** Copies what leaves of a value; undefined where nothing does. */
type Copy<Value = unknown> = (value: Value, pass: Pass) => Json | undefined;

type Dictionary = { readonly [key: string]: unknown };

/** What is gathered while one value is copied. */
interface Pass {
  readonly hidden: HiddenKeys;
  /** Texts that leave, with what leaves of them. */
  readonly texts: { readonly text: string; readonly value: Json }[];
  /** Keys that leave since keys of any text may. */
  readonly freeKeys: string[];
  /** Keys of members that leave under made-up names. */
  readonly numbered: string[];
  depth: number;
  /** How many values more are read. */
  left: number;
  hasGivenUp: boolean;
}

/** What the functions of all places share. */
interface Compilation {
  readonly copyOf: (node: SchemaNode) => Copy;
  readonly isTextAllowed: TextCheck;
}

/** A member of a map with what leaves of it. */
interface Member {
  readonly key: string;
  readonly output: Json;
}

/** Compiles a schema, each place of it when a value first stands there: most files use few of them. */
export function compileQuickOutput(root: SchemaNode, isTextAllowed: TextCheck): QuickOutput {
  const copies = new Map<SchemaNode, Copy>();
  function copyOf(node: SchemaNode): Copy {
    const known = copies.get(node);
    if (known !== undefined) return known;
    const copy = compile(node, { copyOf, isTextAllowed });
    copies.set(node, copy);
    return copy;
  }
  const masksKeys = root.keywords.maskKeysInTexts !== false && exportsText(root);
  return (value) => {
    // Somebody gave every object members.
    if (Object.keys(Object.prototype).length > 0) return undefined;
    const pass: Pass = {
      hidden: masksKeys ? createHiddenKeys() : noHiddenKeys,
      texts: [],
      freeKeys: [],
      numbered: [],
      depth: 0,
      left: mostValues,
      hasGivenUp: false,
    };
    try {
      const output = copyOf(root)(value, pass) ?? {};
      return pass.hasGivenUp || pass.left < 0 || namesHiddenKeys(pass) ? undefined : output;
    } catch {
      // A proxy threw. The longer way reads around it.
      return undefined;
    }
  };
}

/** Returns true if text may leave anywhere, in a value or in a key. */
function exportsText(root: SchemaNode): boolean {
  const seen = new Set<SchemaNode>();
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const isFree = node.tag !== undefined && node.tag.transform === undefined && node.values === undefined;
    if (isFree && node.kinds.includes('string')) return true;
    const { properties, patternProperties, prefixItems, anyOf } = node;
    const { additionalProperties, propertyNames, items } = node;
    const single = [additionalProperties, propertyNames, items].filter((child) => child !== undefined);
    const patterns = patternProperties.map((entry) => entry.node);
    pending.push(...properties.values(), ...patterns, ...prefixItems, ...anyOf, ...single);
  }
  return false;
}

function namesHiddenKeys({ texts, freeKeys, numbered, hidden }: Pass): boolean {
  if (texts.length === 0 && freeKeys.length === 0) return false;
  const names = new Set(numbered.map(normalizeKey));
  return (
    texts.some(({ text, value }) => namesKey(text, value, names, hidden)) ||
    freeKeys.some((key) => hidden.isNamedIn(key))
  );
}

function giveUp(pass: Pass): undefined {
  pass.hasGivenUp = true;
}

/** Notes the keys in a value that does not leave as it is. */
function hide(schemas: readonly SchemaNode[], value: unknown, { hidden }: Pass): undefined {
  if (hidden === noHiddenKeys || typeof value !== 'object' || value === null) return;
  hidden.addBelow(schemas, snapshot(value));
}

function compile(node: SchemaNode, shared: Compilation): Copy {
  const ofNull = node.kinds.length === 0 || node.kinds.includes('null') ? null : undefined;
  const ofUnreadable = node.tag?.transform?.kind === 'presence' ? true : undefined;
  const ofTrue = outputOf(node, { kind: 'boolean', value: true }, shared);
  const ofFalse = outputOf(node, { kind: 'boolean', value: false }, shared);
  const ofText = compileText(node, shared);
  const ofNumber = compileNumber(node, shared);
  const ofList = compileList(node, shared);
  const ofObject = compileObject(node, shared);
  return (value, pass) => {
    switch (typeof value) {
      case 'string':
        return ofText(value, pass);
      case 'boolean':
        return value ? ofTrue : ofFalse;
      case 'number':
        // JSON has no minus zero.
        return Number.isFinite(value) ? ofNumber(value + 0, pass) : ofUnreadable;
      case 'undefined':
        return undefined;
      case 'object': {
        if (value === null) return ofNull;
        if (pass.hasGivenUp || pass.depth === deepest || pass.left < 0) return giveUp(pass);
        pass.depth += 1;
        const output = Array.isArray(value)
          ? ofList(value, pass)
          : isOwnOnly(value)
            ? ofObject(value as Dictionary, pass)
            : giveUp(pass);
        pass.depth -= 1;
        return output;
      }
      default:
        return ofUnreadable;
    }
  };
}

/** What is read where a getter throws: like any symbol, it is no JSON. */
const unreadable = Symbol('unreadable');

function readMember(object: Dictionary, key: string): unknown {
  try {
    return object[key];
  } catch {
    return unreadable;
  }
}

/** Returns true for a plain object of this realm: `for … in` then finds its own keys only. */
function isOwnOnly(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function outputOf(node: SchemaNode, scalar: Scalar, { isTextAllowed }: Compilation): Json | undefined {
  return applyToScalar(node, scalar, isTextAllowed).value;
}

function compileText(node: SchemaNode, shared: Compilation): Copy<string> {
  const rule = (value: string): Json | undefined => outputOf(node, { kind: 'string', value }, shared);
  const listed = listedValues(node);
  if (listed !== undefined) {
    // Every text but these has the same output, and the empty one, whose mask is empty.
    const texts = listed.filter((value) => typeof value === 'string');
    const ofEmpty = rule('');
    const ofOthers = rule(`other than ${texts.join()}`);
    if (texts.length === 0) return (text) => (text === '' ? ofEmpty : ofOthers);
    const outputs = new Map(['', ...texts].map((text) => [text, rule(text)]));
    return (text) => outputs.get(text) ?? ofOthers;
  }
  return (input, pass) => {
    const { text, value } = applyToScalar(node, { kind: 'string', value: input }, shared.isTextAllowed);
    if (text !== undefined && value !== undefined) pass.texts.push({ text, value });
    return value;
  };
}

/** Returns the values between which a place tells: none where it is masked; undefined where it tells more. */
function listedValues({ tag, values, anyOf }: SchemaNode): readonly Json[] | undefined {
  if (anyOf.length > 0) return undefined;
  if (tag === undefined) return [];
  if (tag.transform === undefined) return values;
  const { transform } = tag;
  return transform.kind === 'only' && transform.words !== true ? transform.values : undefined;
}

function compileNumber(node: SchemaNode, shared: Compilation): Copy<number> {
  const rule = (value: number): Json | undefined => outputOf(node, { kind: 'number', value }, shared);
  if (node.tag !== undefined || node.anyOf.length > 0) return (value) => rule(value);
  const [ofWhole, ofFraction] = [rule(1), rule(0.5)];
  return (value) => (Number.isInteger(value) ? ofWhole : ofFraction);
}

// Where a container has one of these, more decides than its tag.
const bounds = ['maxItems', 'uniqueItems', 'maxProperties'];

function isUnbounded({ anyOf, keywords }: SchemaNode): boolean {
  return anyOf.length === 0 && !bounds.some((keyword) => keyword in keywords);
}

function compileList(node: SchemaNode, shared: Compilation): Copy<readonly unknown[]> {
  const { kinds, tag } = node;
  if (!isUnbounded(node)) return (_, pass) => giveUp(pass);
  if (kinds.length > 0 && !kinds.includes('array')) return (list, pass) => hide([node], list, pass);
  const isMasked = tag === undefined || tag.transform !== undefined;
  const copyItems = isMasked ? maskItems(node) : compileItems(node, shared);
  const whole = tag?.transform?.kind;
  return (list, pass) => {
    // Most of a long list may be holes, each of which would cost as much as a value.
    if (list.length > 1000) return giveUp(pass);
    pass.left -= list.length;
    if (whole === 'count' || whole === 'presence') {
      hide([node], list, pass);
      return whole === 'count' ? countOf(node, list.length) : true;
    }
    return copyItems(list, pass);
  };
}

function maskItems(node: SchemaNode): Copy<readonly unknown[]> {
  const keepsLength = isTextList(node);
  return (list, pass) => {
    hide([node], list, pass);
    if (!keepsLength) return [];
    const texts = list.filter((item) => typeof item === 'string');
    return texts.slice(0, maskedLength(texts.length)).map(() => maskedText);
  };
}

function compileItems(node: SchemaNode, shared: Compilation): Copy<readonly unknown[]> {
  const { prefixItems, items: rest } = node;
  return (list, pass) => {
    const items: Json[] = [];
    for (let at = 0; at < list.length; at += 1) {
      const child = prefixItems[at] ?? rest;
      const output = child === undefined ? hide([], list[at], pass) : shared.copyOf(child)(list[at], pass);
      if (output !== undefined) items.push(output);
      // In a tuple the position says what a value is, so nothing may move up.
      else if (at < prefixItems.length) items.push(null);
    }
    return items;
  };
}

function compileObject(node: SchemaNode, shared: Compilation): Copy<Dictionary> {
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
  const ranks = new Map(names.map((name, rank) => [name, rank]));
  const children = [...node.properties.values()];
  const copies: Copy[] = [];
  // An assignment would not make it a key.
  if (ranks.has('__proto__')) return (_, pass) => giveUp(pass);
  const isMap = node.additionalProperties !== undefined || node.patternProperties.length > 0;
  return (object, pass) => {
    const outputs: (Json | undefined)[] = [];
    let others: Member[] | undefined;
    let next = 0;
    // Reads faster than `Object.keys`; `compileQuickOutput` saw that nothing is inherited.
    for (const key in object) {
      pass.left -= 1;
      // Most members follow each other as in the schema.
      const rank = names[next] === key ? next : ranks.get(key);
      if (rank === undefined) {
        const member = isMap ? memberSchema(node, key) : undefined;
        const output =
          member === undefined
            ? hide([], readMember(object, key), pass)
            : shared.copyOf(member)(readMember(object, key), pass);
        if (output === undefined) pass.hidden.addOmitted(key);
        else (others ??= []).push({ key, output });
      } else {
        next = rank + 1;
        outputs[rank] = (copies[rank] ??= shared.copyOf(children[rank]!))(readMember(object, key), pass);
      }
    }
    const result: { [key: string]: Json } = {};
    for (let rank = 0; rank < names.length; rank += 1) {
      const output = outputs[rank];
      if (output !== undefined) result[names[rank]!] = output;
    }
    if (others !== undefined) addMembers(result, others, pass, node, shared);
    return result;
  };
}

/** Adds the members of a map under keys that may leave. */
function addMembers(
  result: { [key: string]: Json },
  members: readonly Member[],
  pass: Pass,
  node: SchemaNode,
  shared: Compilation,
): void {
  const kept = new Map<string, Json>();
  const numbered: Json[] = [];
  for (const { key, output } of members) {
    const name = keptKey(node.propertyNames, key, shared.isTextAllowed);
    if (name === undefined) {
      pass.hidden.addRenamed(key);
      pass.numbered.push(key);
      numbered.push(output);
      continue;
    }
    if (isOtherName(name, key)) giveUp(pass);
    // Two keys for one name, or a name that an assignment would not make a key.
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
    kept.set(`key${number}`, output);
  }
  for (const key of [...kept.keys()].sort(compareKeys)) result[key] = kept.get(key)!;
}
