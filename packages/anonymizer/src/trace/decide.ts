import type { Kind, SchemaNode } from '@candor/schema';
import type { Snapshot } from '../snapshot.js';

/** The alternatives of a place that a value could be meant for. */
export interface Decision {
  readonly candidates: readonly SchemaNode[];
  /** Whether the candidates allow the value, and not only its kind. */
  readonly allowed: boolean;
}

/** Holds a value against the alternatives of a place, first by kind, then by constants and required keys. */
export function decide(node: SchemaNode, value: Snapshot): Decision {
  const alternatives = node.anyOf.length > 0 ? node.anyOf : [node];
  const ofKind = alternatives.filter(({ kinds }) => kinds.length === 0 || holds(kinds, value));
  // With one alternative there is nothing to decide, and its members are judged one by one.
  if (alternatives.length === 1) return { candidates: ofKind, allowed: true };
  const matching = ofKind.filter((alternative) => matches(alternative, value));
  return matching.length > 0
    ? { candidates: matching, allowed: true }
    : { candidates: ofKind, allowed: false };
}

function holds(kinds: readonly Kind[], value: Snapshot): boolean {
  if (value.kind === 'string') return kinds.includes('string') || kinds.includes('duration');
  if (value.kind === 'number') {
    return kinds.includes('number') || (kinds.includes('integer') && Number.isInteger(value.value));
  }
  return value.kind !== 'unreadable' && kinds.includes(value.kind);
}

function matches(node: SchemaNode, value: Snapshot): boolean {
  if (value.kind === 'object') return matchesObject(node, value.entries);
  return allowsConstant(node, value);
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
    } else if (!decideMember(declared, member)) {
      return false;
    }
  }
  return true;
}

// One level is enough for tagged unions, and keeps the cost linear.
function decideMember(declared: SchemaNode, member: Snapshot): boolean {
  const alternatives = declared.anyOf.length > 0 ? declared.anyOf : [declared];
  return alternatives.some(
    (alternative) =>
      (alternative.kinds.length === 0 ||
        holds(alternative.kinds, member) ||
        declaredNull(declared, member)) &&
      allowsConstant(alternative, member),
  );
}

function declaredNull(declared: SchemaNode, member: Snapshot): boolean {
  return member.kind === 'null' && declared.kinds.includes('null');
}
