import type { FieldList, Json, OutputSchema } from '@candor/schema';
import { scalarsOf } from './capacity.js';

// A declared member is there in one of four objects, and one more item or member follows every other time.
const present = 2;
const absent = Math.log2(4 / 3);
const more = 1;

/**
 * Returns a function that returns how many bits describe a report, where a member that is set takes more of them than
 * one that is not, and a value as many as its field list leaves open. At most two to the power of B reports take B bits.
 */
export function descriptionLength({ output }: Pick<FieldList, 'output'>): (report: Json) => number {
  function lengthOf(value: Json, position: number): number {
    const schema = output[position];
    if (schema === undefined) return 0;
    if (Array.isArray(value)) return lengthOfList(value, schema);
    if (typeof value === 'object' && value !== null) return lengthOfObject(value, schema);
    return Math.log2(Math.max(1, scalarsOf(schema)));
  }
  function lengthOfList(items: readonly Json[], { list }: OutputSchema): number {
    const rest = list?.items;
    const isMasked = rest === undefined || items.every((item) => item === 'xxxx');
    return more * (items.length + 1) + (isMasked ? 0 : sum(items.map((item) => lengthOf(item, rest))));
  }
  function lengthOfObject(members: { readonly [key: string]: Json }, { object }: OutputSchema): number {
    const declared = new Map(object?.properties);
    let length = 0;
    for (const [key, position] of declared) {
      const value = members[key];
      length += value === undefined ? absent : present + lengthOf(value, position);
    }
    const rest = object?.additionalProperties;
    if (rest === undefined) return length;
    const names = Math.log2(1 + (object?.propertyNames?.literals.length ?? 0));
    const others = Object.entries(members).filter(([key]) => !declared.has(key));
    return length + more + sum(others.map(([, value]) => more + names + lengthOf(value, rest)));
  }
  return (report) => lengthOf(report, 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
