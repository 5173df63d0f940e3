import type { JsonSchema } from '../schema-node.js';
import { hasMembers } from './children.js';
import type { SchemaDocument } from './document.js';
import { isKeywords, schemasIn, type Keywords } from './keywords.js';
import { referenceOf, type Resolve } from './references.js';

/**
 * At most how many schemas of one value describe its members at once, and in how many ways a value can satisfy them.
 */
interface Extent {
  readonly speakers: number;
  readonly ways: number;
}

// Beyond these limits the nodes have to be counted.
const mostNested = 100;
const mostWays = 2_000;

const plain: Extent = { speakers: 0, ways: 1 };
const unknown: Extent = { speakers: Infinity, ways: Infinity };

/**
 * Returns true if a tree has about as many nodes as its document has schemas: if every member is described by one
 * schema only, schemas cannot be combined endlessly. Then the size of the tree needs no check, and its nodes can be
 * created on first use.
 */
export function isBounded({ joining, remarked, isConditional }: SchemaDocument, resolve: Resolve): boolean {
  if (isConditional) return false;
  const known = new Map<Keywords, Extent>();
  function extentOf(schema: JsonSchema, depth: number): Extent {
    if (!isKeywords(schema)) return plain;
    const found = known.get(schema);
    if (found !== undefined) return found;
    // The value while it is computed, for a schema that contains itself.
    known.set(schema, unknown);
    const extent = depth > mostNested ? unknown : measure(schema, depth);
    known.set(schema, extent);
    return extent;
  }
  function measure(schema: Keywords, depth: number): Extent {
    const target = referenceOf(schema, resolve);
    const together = [
      ...(target === undefined ? [] : [target]),
      ...('allOf' in schema ? schemasIn(schema.allOf) : []),
    ].map((part) => extentOf(part, depth + 1));
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      if (!(keyword in schema)) continue;
      const either = schemasIn(schema[keyword]).map((part) => extentOf(part, depth + 1));
      together.push({
        speakers: Math.max(0, ...either.map(({ speakers }) => speakers)),
        ways: Math.max(1, sum(either.map(({ ways }) => ways))),
      });
    }
    return {
      speakers: sum(together.map(({ speakers }) => speakers)) + (hasMembers(schema) ? 1 : 0),
      ways: together.reduce((product, { ways }) => product * ways, 1),
    };
  }
  let more = 0;
  const isFine = (schema: Keywords): boolean => {
    const { speakers, ways } = extentOf(schema, 0);
    if (ways > 1) more += ways;
    return speakers <= 1 && more <= mostWays;
  };
  // Without a union, each reference makes only one node.
  return joining.every(isFine) && (more === 0 || remarked.every(isFine));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
