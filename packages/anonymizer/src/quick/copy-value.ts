import type { Json, SchemaNode } from '@candor/schema';
import { deepest } from '../snapshot.js';
import { compileList } from './copy-list.js';
import { compileObject } from './copy-object.js';
import { compileBoolean, compileNumber, compileText } from './copy-scalar.js';
import { type Compilation, type Copier, type Dictionary, giveUp, type Pass } from './pass.js';

/** Creates the copier of a node's values. Each kind of value is compiled on first use. */
export function createCopier(node: SchemaNode, shared: Compilation): Copier {
  const { kinds, tag } = node;
  return {
    node,
    shared,
    ofNull: kinds.length === 0 || kinds.includes('null') ? null : undefined,
    ofUnreadable: tag?.transform?.kind === 'presence' ? true : undefined,
    ofText: undefined,
    ofBoolean: undefined,
    ofNumber: undefined,
    ofList: undefined,
    ofObject: undefined,
  };
}

/** Returns the output of a value; undefined if there is none. */
export function copyValue(copier: Copier, value: unknown, pass: Pass): Json | undefined {
  switch (typeof value) {
    case 'string':
      return (copier.ofText ??= compileText(copier.node, copier.shared))(value, pass);
    case 'boolean':
      return (copier.ofBoolean ??= compileBoolean(copier.node, copier.shared))(value, pass);
    case 'number':
      if (!Number.isFinite(value)) return copier.ofUnreadable;
      // JSON has no negative zero.
      return (copier.ofNumber ??= compileNumber(copier.node, copier.shared))(value + 0, pass);
    case 'undefined':
      return undefined;
    case 'object':
      return value === null ? copier.ofNull : copyContainer(copier, value, pass);
    default:
      return copier.ofUnreadable;
  }
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
