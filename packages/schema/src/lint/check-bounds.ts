import { numberRange } from '../bounds.js';
import type { SchemaNode } from '../schema-node.js';
import { checkTag } from './check-tag.js';
import type { Report } from './reporter.js';

/** Reports exported keys that may be any text. */
export function checkNames(names: SchemaNode, report: Report): void {
  checkTag(names, report);
  if (names.tag === undefined || names.tag.transform !== undefined || names.tag.text) return;
  if (names.values !== undefined) return;
  report('@candor/unbounded-key', 'error', 'exports keys of any text; use { only: […] }, an enum or "text"');
}

/** Reports an exported number or text without bounds. */
export function checkBounds(node: SchemaNode, report: Report): void {
  const { tag, values, kinds } = node;
  if (tag?.transform !== undefined || values !== undefined) return;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = numberRange(node);
  // If durations are allowed, a number is one too.
  const isNumber =
    !kinds.includes('duration') && kinds.some((kind) => kind === 'number' || kind === 'integer');
  const isBounded =
    (minimum ?? exclusiveMinimum) !== undefined && (maximum ?? exclusiveMaximum) !== undefined;
  if (isNumber && !isBounded) {
    const how = 'use minimum and maximum, an enum or { bucket: […] }';
    report('@candor/unbounded-value', 'error', `exports any number; ${how}`);
  }
  if (kinds.includes('string') && !tag?.text) {
    const how = 'use an enum, a transform, or "text" to say that someone decided it';
    report('@candor/unbounded-value', 'error', `exports any text; ${how}`);
  }
}

/** Reports a tagged list or map of which no member is exported. */
export function checkMembers(node: SchemaNode, report: Report): void {
  if (node.tag?.transform !== undefined) return;
  const members = [
    ...node.patternProperties.map((entry) => entry.node),
    node.additionalProperties,
    node.items,
    ...node.prefixItems,
  ];
  if (members.some((member) => member !== undefined && isUntagged(member))) {
    const what = node.kinds.includes('array') ? 'list' : 'map';
    report('@candor/untagged-members', 'warning', `is a tagged ${what} whose members are not tagged`);
  }
}

function isUntagged(node: SchemaNode): boolean {
  const isDenied = node.exports.includes(false);
  return node.tag === undefined && !isDenied && node.anyOf.every((branch) => branch.tag === undefined);
}
