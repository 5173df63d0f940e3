import type { SchemaNode } from '@candor/schema';
import type { ScalarNode } from '../source-node.js';
import type { Coercion } from './coercion.js';
import type { Spelling } from './layout.js';
import { foundIn } from './found-in.js';
import { isSection, mayBeEmpty } from './lookup.js';
import { readScalar } from './scalar.js';
import type { Tree } from './tree.js';

/** Reads a single value. */
export function readValue(
  coercion: Coercion,
  node: ScalarNode,
  schema: SchemaNode,
  at: Spelling | undefined,
): Tree | undefined {
  const result = readScalar(node, schema, coercion.dialect);
  if ('value' in result) return result.value;
  return coercion.complain(at, `expected ${result.expected}, found ${foundIn(node)}`, node.position);
}

/**
 * Reads `true` or an empty value in place of a section that may be empty as switched on, and `false` as switched off.
 */
export function readSwitch(
  coercion: Coercion,
  node: ScalarNode,
  schema: SchemaNode,
  at: Spelling | undefined,
): Tree | undefined {
  if (!isSection(schema)) return coercion.mismatch(node, schema, at);
  if (node.flat === true && schema.keywords.bareFlag === false) return {};
  const isOn = node.text === '' || node.text.toLowerCase() === 'true';
  const isSwitch = isOn || node.text.toLowerCase() === 'false';
  if (!isSwitch) return coercion.mismatch(node, schema, at);
  if (!mayBeEmpty(schema)) return coercion.complain(at, 'this section needs content', node.position);
  return isOn ? {} : coercion.switchOff();
}
