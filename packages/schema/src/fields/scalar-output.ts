import { numberRange } from '../bounds.js';
import { bucketLabels, maskedText, otherValue, zeroDuration } from '../masks.js';
import type { Json, Kind, SchemaNode, Transform } from '../schema-node.js';
import { countRanges } from './count-ranges.js';
import type { OutputDraft } from './output-draft.js';
import { textOutput, withRange } from './text-output.js';

/**
 * Returns the masks for scalars of a node that may not be exported; while a union is undecided, that may be any of
 * them.
 */
export function masksOf(node: SchemaNode, isUnion: boolean): (string | number | boolean)[] {
  const held = scalarKinds.filter((kind) => node.kinds.length === 0 || node.kinds.includes(kind));
  return held
    .filter((kind) => isUnion || isMaskable(node, kind))
    .flatMap((kind): (string | number | boolean)[] => {
      if (kind === 'string') return [maskedText, ''];
      if (kind === 'duration') return node.kinds.length === 0 ? [] : [zeroDuration(node)];
      return kind === 'boolean' ? [false] : [0];
    });
}

const scalarKinds = ['string', 'duration', 'number', 'integer', 'boolean'] as const;

/** Returns true if a scalar of this kind may be masked, with or without a tag. */
function isMaskable({ tag, values }: SchemaNode, kind: (typeof scalarKinds)[number]): boolean {
  switch (tag?.transform?.kind) {
    case 'presence':
      return false;
    case 'only':
      return kind === 'boolean';
    case 'bucket':
      return kind !== 'number' && kind !== 'integer';
    case 'port':
    case 'count':
      return true;
    case undefined:
      return tag === undefined || values !== undefined || kind !== 'boolean';
  }
}

/** Adds the scalars that a node exports to an output schema and to its literals. */
export function allowScalars(
  output: OutputDraft,
  node: SchemaNode,
  literals: Set<string | number | boolean>,
): void {
  const { tag, kinds, values } = node;
  if (tag === undefined) return;
  if (tag.transform !== undefined) {
    allowTransformed(output, node, tag.transform, literals);
  } else if (values === undefined) {
    if (kinds.includes('string')) output.text = withRange(output.text, textOutput(node));
    if (kinds.includes('boolean')) output.boolean = true;
    if (kinds.includes('number') || kinds.includes('integer')) {
      output.numbers = withRange(output.numbers, numberRange(node));
    }
    if (kinds.includes('duration')) {
      const format = node.keywords.format === 'duration' ? 'duration' : 'go-duration';
      output.durations = [...new Set([...(output.durations ?? []), format] as const)];
    }
  } else {
    for (const value of values) if (isLiteral(value) && canHold(kinds, value)) literals.add(value);
  }
}

function canHold(kinds: readonly Kind[], value: string | number | boolean): boolean {
  if (kinds.length === 0) return true;
  switch (typeof value) {
    case 'string':
      return kinds.includes('string') || kinds.includes('duration');
    case 'number':
      return kinds.includes('number') || (kinds.includes('integer') && Number.isInteger(value));
    case 'boolean':
      return kinds.includes('boolean');
  }
}

/** Returns true for a value without members that is not null. */
export function isLiteral(value: Json): value is string | number | boolean {
  return value !== null && typeof value !== 'object';
}

function allowTransformed(
  output: OutputDraft,
  node: SchemaNode,
  transform: Transform,
  literals: Set<string | number | boolean>,
): void {
  switch (transform.kind) {
    case 'only':
      for (const value of transform.values) if (canHold(node.kinds, value)) literals.add(value);
      literals.add(otherValue);
      break;
    case 'bucket':
      for (const label of bucketLabels(transform)) literals.add(label);
      break;
    case 'presence':
      literals.add(true);
      break;
    case 'count':
      for (const range of countRanges(node)) output.count = withRange(output.count, range);
      break;
    case 'port':
      output.port = true;
  }
}
