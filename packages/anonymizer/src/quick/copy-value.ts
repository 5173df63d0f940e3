import type { Json, SchemaNode } from '@candor/schema';
import { deepest } from '../snapshot.js';
import { compileList } from './copy-list.js';
import { compileObject } from './copy-object.js';
import { compileNumber, computeBoolean } from './copy-scalar.js';
import { compileText } from './copy-text.js';
import { type Compilation, type Copier, type Dictionary, giveUp, notComputed, type Pass } from './pass.js';

/** Creates the copier of a node's values. Each kind of value is compiled on first use. */
export function createCopier(node: SchemaNode, shared: Compilation): Copier {
  const { kinds, tag } = node;
  return {
    node,
    shared,
    ofNull: kinds.length === 0 || kinds.includes('null') ? null : undefined,
    ofUnreadable: tag?.transform?.kind === 'presence' ? true : undefined,
    ofTrue: notComputed,
    ofFalse: notComputed,
    ofOtherTexts: notComputed,
    ofText: undefined,
    ofNumber: undefined,
    ofList: undefined,
    ofObject: undefined,
  };
}

/** Returns the output of a value; undefined if there is none. */
export function copyValue(copier: Copier, value: unknown, pass: Pass): Json | undefined {
  // Written with `typeof` beside each name, which V8 compiles without a call, unlike `switch (typeof value)`.
  if (typeof value === 'string') {
    if (copier.ofOtherTexts !== notComputed && value.length > 0) return copier.ofOtherTexts;
    return (copier.ofText ??= compileText(copier))(value, pass);
  }
  if (typeof value === 'boolean') {
    const output = value ? copier.ofTrue : copier.ofFalse;
    return output === notComputed ? computeBoolean(copier, value) : output;
  }
  if (typeof value === 'object') return value === null ? copier.ofNull : copyContainer(copier, value, pass);
  if (typeof value === 'undefined') return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) return copier.ofUnreadable;
  // JSON has no negative zero.
  return (copier.ofNumber ??= compileNumber(copier.node, copier.shared))(value + 0, pass);
}

function copyContainer(copier: Copier, value: object, pass: Pass): Json | undefined {
  if (pass.hasGivenUp || pass.depth === deepest || pass.left < 0) return giveUp(pass);
  pass.depth += 1;
  const output = Array.isArray(value)
    ? (copier.ofList ??= compileList(copier.node, copier.shared))(value, pass)
    : isOwnOnly(value)
      ? (copier.ofObject ??= compileObject(copier.node, copier.shared))(value as Dictionary, pass)
      : giveUp(pass);
  pass.depth -= 1;
  return output;
}

/** Returns true for a plain object of this realm: `for … in` then finds its own keys only. */
export function isOwnOnly(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
