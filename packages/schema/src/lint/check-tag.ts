import { compileTextRange, isInRange, numberRange, textRange } from '../bounds.js';
import type { Json, SchemaNode } from '../schema-node.js';
import { fits, readTag } from '../tree/tag.js';
import type { Context, Report } from './reporter.js';

/** Reports a tag that is invalid, or that exports nothing. */
export function checkTag(node: SchemaNode, report: Report): void {
  const tags = node.exports.filter((value) => value !== false);
  if (tags.some((value) => readTag(value) === 'denied')) {
    const expected = 'true, false, "text", "count", "presence", "port", { only: […] } or { bucket: […] }';
    report('@candor/unknown-tag', 'error', `has an export tag that is none of ${expected}`);
  } else if (node.tag === undefined && tags.length > 0 && !node.exports.includes(false)) {
    const transforms = tags.flatMap((value) => {
      const tag = readTag(value);
      return typeof tag === 'object' ? (tag.transform ?? []) : [];
    });
    if (transforms.some((transform) => !fits(transform, node.kinds))) {
      report('@candor/transform-type', 'error', 'has a transform that takes no value of its type');
    } else if (node.anyOf.length === 0 && node.doubts.length === 0) {
      if (node.kinds.length === 0) {
        report(
          '@candor/untyped-tag',
          'error',
          'is tagged, but its schema leaves no type (a library drops it after a conversion); name a transform',
        );
      } else {
        const others = 'another schema of the same value (allOf, patternProperties, a condition)';
        report(
          '@candor/undecided-tag',
          'error',
          `is tagged, but ${others} is not or says otherwise, so nothing leaves`,
        );
      }
    }
  }
}

/**
 * Reports tags of overlapping alternatives: a value that fits a tagged and an untagged one is undecided, so it is not
 * exported.
 */
export function checkAlternatives({ anyOf }: SchemaNode, report: Report): void {
  for (const one of anyOf) {
    if (one.tag === undefined) continue;
    const rival = anyOf.find((other) => other.tag === undefined && fitBoth(one, other));
    if (rival === undefined) continue;
    const what =
      rival.kinds.length === 0
        ? 'has an alternative that leaves no type (undefined, a date, a conversion), which every value fits; make it optional or give it a type'
        : 'has a tagged alternative whose values fit an untagged one too';
    report('@candor/undecided-tag', 'error', `${what}, so nothing leaves`);
  }
}

/** Returns true if a value of one alternative may also be one of the other. */
function fitBoth(one: SchemaNode, other: SchemaNode): boolean {
  if (other.kinds.length === 0) return true;
  if (one.values !== undefined) return one.values.some((value) => isOf(other, value));
  // Of a tagged alternative that lists nothing, the values that an untagged one does not list still leave.
  if (other.values !== undefined) return false;
  return one.kinds.some((kind) => other.kinds.some((rival) => sharing.has(`${kind} ${rival}`)));
}

// Objects are told apart by their members, and null is the same with and without a tag.
const sharing: ReadonlySet<string> = new Set([
  ...['boolean', 'integer', 'number', 'string', 'duration', 'array'].map((kind) => `${kind} ${kind}`),
  'integer number',
  'number integer',
  'duration string',
  'string duration',
]);

function isOf(node: SchemaNode, value: Json): boolean {
  if (node.values !== undefined) return node.values.includes(value);
  if (typeof value === 'string')
    return node.kinds.includes('string') && compileTextRange(textRange(node))(value);
  if (typeof value === 'boolean') return node.kinds.includes('boolean');
  const isNumber = node.kinds.includes('number') || node.kinds.includes('integer');
  return typeof value === 'number' && isNumber && isInRange(numberRange(node), value);
}

/**
 * Reports tags that a library dropped: Zod's `.extend()` and the like make a new object without the tag, and so does
 * ArkType if a member has a default.
 */
export function checkForgotten(node: SchemaNode, report: Report, { vendor = '' }: Context): void {
  const how = droppedBy[vendor];
  if (how === undefined || node.exports.length > 0 || !node.kinds.includes('object')) return;
  const tagged = [...node.properties.values()].some((child) => child.tag !== undefined);
  if (!tagged) return;
  report('@candor/dropped-tag', 'error', `has no tag although its members do; ${how}`);
}

const droppedBy: Readonly<Record<string, string>> = {
  zod: '.extend(), .pick() and the like drop it, so tag the new object',
  arktype: 'a default or a conversion inside drops it, so use schema.out.configure(…)',
};
