import { isInRange, type Kind, roundToRange, type SchemaNode } from '@candor/schema';
import type { Snapshot } from '../snapshot.js';
import type { Rules } from '../rules.js';

/** The alternatives of a schema that a value may be meant for. */
export interface Matches {
  readonly candidates: readonly SchemaNode[];
  /** True if the candidates allow the value, and not only its kind. */
  readonly allowed: boolean;
}

/** Returns the alternatives that fit a value, first by kind, then by constants, bounds and required keys. */
export function matchAlternatives(node: SchemaNode, value: Snapshot, rules: Rules): Matches {
  // Without alternatives there is nothing to choose, and the members are checked one by one.
  if (node.anyOf.length === 0) return { candidates: isOfKind(node, value) ? [node] : [], allowed: true };
  const ofKind = node.anyOf.filter((alternative) => isOfKind(alternative, value));
  const matching = ofKind.filter((alternative) => matches(alternative, value, rules));
  return matching.length > 0
    ? { candidates: matching, allowed: true }
    : { candidates: ofKind, allowed: false };
}

/** Returns the alternatives of a union, or the schema itself if it is not a union. */
export function alternativesOf(node: SchemaNode): readonly SchemaNode[] {
  return node.anyOf.length > 0 ? node.anyOf : [node];
}

/** Returns true if a schema without alternatives could hold a value of this kind. */
export function isOfKind({ kinds }: SchemaNode, value: Snapshot): boolean {
  return kinds.length === 0 || hasKind(kinds, value);
}

function hasKind(kinds: readonly Kind[], value: Snapshot): boolean {
  if (value.kind === 'string') return kinds.includes('string') || kinds.includes('duration');
  if (value.kind === 'number') {
    return kinds.includes('number') || (kinds.includes('integer') && Number.isInteger(value.value));
  }
  return value.kind !== 'unreadable' && kinds.includes(value.kind);
}

function matches(node: SchemaNode, value: Snapshot, rules: Rules): boolean {
  switch (value.kind) {
    case 'object':
      return matchesObject(node, value.entries);
    case 'number': {
      const range = rules.numberRange(node);
      return allowsConstant(node, value) && isInRange(range, roundToRange(range, value.value));
    }
    case 'string':
      return allowsConstant(node, value) && rules.isTextAllowed(node, value.value);
    default:
      return allowsConstant(node, value);
  }
}

function allowsConstant({ values }: SchemaNode, value: Snapshot): boolean {
  return values === undefined || !('value' in value) || values.includes(value.value);
}

function matchesObject(node: SchemaNode, entries: ReadonlyMap<string, Snapshot>): boolean {
  const { required, additionalProperties } = node.keywords;
  if (Array.isArray(required) && required.some((key) => !entries.has(key as string))) return false;
  for (const [key, member] of entries) {
    const declared = node.properties.get(key);
    if (declared === undefined) {
      const known =
        node.additionalProperties !== undefined ||
        node.patternProperties.some(({ pattern }) => pattern.test(key));
      if (!known && additionalProperties === false) return false;
    } else if (!matchesMember(declared, member)) {
      return false;
    }
  }
  return true;
}

// Compares one level only: enough for discriminated unions, and linear in cost.
function matchesMember(declared: SchemaNode, member: Snapshot): boolean {
  return alternativesOf(declared).some(
    (alternative) =>
      (alternative.kinds.length === 0 ||
        hasKind(alternative.kinds, member) ||
        isDeclaredNull(declared, member)) &&
      allowsConstant(alternative, member),
  );
}

function isDeclaredNull(declared: SchemaNode, member: Snapshot): boolean {
  return member.kind === 'null' && declared.kinds.includes('null');
}
