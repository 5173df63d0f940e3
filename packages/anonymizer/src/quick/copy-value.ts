import type { SchemaNode } from '@candor/schema';
import { deepest } from '../snapshot.js';
import { compileList } from './copy-list.js';
import { compileObject, type Dictionary } from './copy-object.js';
import { compileBoolean, compileNumber, compileText } from './copy-scalar.js';
import { giveUp, type Compilation, type Copy } from './pass.js';

/** Compiles what leaves of the values of a node, each kind of value when the first one comes. */
export function compileValue(node: SchemaNode, shared: Compilation): Copy {
  const ofNull = node.kinds.length === 0 || node.kinds.includes('null') ? null : undefined;
  const ofUnreadable = node.tag?.transform?.kind === 'presence' ? true : undefined;
  let ofText: Copy<string> | undefined;
  let ofBoolean: Copy<boolean> | undefined;
  let ofNumber: Copy<number> | undefined;
  let ofList: Copy<readonly unknown[]> | undefined;
  let ofObject: Copy<Dictionary> | undefined;
  return (value, pass) => {
    switch (typeof value) {
      case 'string':
        return (ofText ??= compileText(node, shared))(value, pass);
      case 'boolean':
        return (ofBoolean ??= compileBoolean(node, shared))(value, pass);
      case 'number':
        if (!Number.isFinite(value)) return ofUnreadable;
        // JSON has no minus zero.
        return (ofNumber ??= compileNumber(node, shared))(value + 0, pass);
      case 'undefined':
        return undefined;
      case 'object': {
        if (value === null) return ofNull;
        if (pass.hasGivenUp || pass.depth === deepest || pass.left < 0) return giveUp(pass);
        pass.depth += 1;
        const output = Array.isArray(value)
          ? (ofList ??= compileList(node, shared))(value, pass)
          : isOwnOnly(value)
            ? (ofObject ??= compileObject(node, shared))(value as Dictionary, pass)
            : giveUp(pass);
        pass.depth -= 1;
        return output;
      }
      default:
        return ofUnreadable;
    }
  };
}

/** Returns true for a plain object of this realm: `for … in` then finds its own keys only. */
export function isOwnOnly(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
