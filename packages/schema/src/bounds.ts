import { isFastPattern } from './pattern.js';
import type { SchemaNode } from './schema-node.js';

/** The numbers of a place, by the keywords of JSON Schema; what is missing is not limited. */
export interface NumberRange {
  readonly integer?: true;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

/** The texts of a place; lengths are in Unicode code points. */
export interface TextRange {
  readonly minLength?: number;
  readonly maxLength?: number;
  /** A pattern that any text is held against in few steps; a slower one of the schema is left out. */
  readonly pattern?: string;
}

/** How many members the lists of a place have. */
export interface ListRange {
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
}

/** How many members the objects of a place have. */
export interface ObjectRange {
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

/** Reads the numbers that a place allows. */
export function numberRange({ kinds, keywords }: SchemaNode): NumberRange {
  const { multipleOf, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = keywords;
  return {
    ...(!kinds.includes('number') && { integer: true }),
    ...numbersIn(keywords, ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']),
    // In draft 4 these say whether the bound beside them is one of the numbers.
    ...(exclusiveMinimum === true && typeof minimum === 'number' && { exclusiveMinimum: minimum }),
    ...(exclusiveMaximum === true && typeof maximum === 'number' && { exclusiveMaximum: maximum }),
    ...(typeof multipleOf === 'number' && multipleOf > 0 && { multipleOf }),
  };
}

/** Reads the texts that a place allows. */
export function textRange({ keywords }: SchemaNode): TextRange {
  const { pattern, maxLength } = keywords;
  const most = typeof maxLength === 'number' ? maxLength : undefined;
  return {
    ...numbersIn(keywords, ['minLength', 'maxLength']),
    ...(typeof pattern === 'string' && isFastPattern(pattern, most) && { pattern }),
  };
}

/** Reads how many members the lists of a place may have. */
export function listRange({ keywords }: SchemaNode): ListRange {
  return {
    ...numbersIn(keywords, ['minItems', 'maxItems']),
    ...(keywords['uniqueItems'] === true && { uniqueItems: true }),
  };
}

/** Reads how many members the objects of a place may have. */
export function objectRange({ keywords }: SchemaNode): ObjectRange {
  return numbersIn(keywords, ['minProperties', 'maxProperties']);
}

/** Returns true if a number lies in a range. */
export function isInRange(range: NumberRange, value: number): boolean {
  const { minimum = -Infinity, maximum = Infinity, multipleOf } = range;
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = range;
  if (range.integer && !Number.isInteger(value)) return false;
  if (value < minimum || value > maximum) return false;
  // An infinite number is above every bound that is missing, so it must not pass as one below it.
  if (value <= exclusiveMinimum || value >= exclusiveMaximum) return false;
  return multipleOf === undefined || isMultiple(value, multipleOf);
}

// 0.3 is a multiple of 0.1, although 0.3 / 0.1 is not whole in binary.
function isMultiple(value: number, step: number): boolean {
  return Number((Math.round(value / step) * step).toPrecision(15)) === value;
}

function numbersIn<Key extends string>(
  keywords: Readonly<Record<string, unknown>>,
  names: readonly Key[],
): { [Name in Key]?: number } {
  const found: { [Name in Key]?: number } = {};
  for (const name of names) {
    const value = keywords[name];
    if (typeof value === 'number') found[name] = value;
  }
  return found;
}
