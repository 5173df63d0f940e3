import { compilePattern, isFastPattern } from './pattern.js';
import type { SchemaNode } from './schema-node.js';

/** The range of a node's numbers, by the keywords of JSON Schema; a missing keyword sets no limit. */
export interface NumberRange {
  readonly integer?: true;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  /** How many significant decimal digits are kept; all if missing. */
  readonly digits?: number;
}

/** The range of a node's texts; lengths are in Unicode code points. */
export interface TextRange {
  readonly minLength?: number;
  readonly maxLength?: number;
  /** A pattern that is checked in few steps for any text; a slower one of the schema is left out. */
  readonly pattern?: string;
}

/** How many members the lists of a node have. */
export interface ListRange {
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
}

/** How many members the objects of a node have. */
export interface ObjectRange {
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

// 31 years in nanoseconds. A number in place of a duration is a duration too, in an unknown unit.
const longestDuration = 1e18;

/**
 * Returns the range of a node's numbers. If the node also allows durations, numbers are bounded, and rounded to four
 * digits.
 */
export function numberRange({ kinds, keywords }: SchemaNode): NumberRange {
  const { multipleOf, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = keywords;
  return {
    ...(!kinds.includes('number') && { integer: true }),
    ...(kinds.includes('duration') && { minimum: -longestDuration, maximum: longestDuration, digits: 4 }),
    ...numbersIn(keywords, ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']),
    // In draft 4 these are booleans, which exclude the bound beside them.
    ...(exclusiveMinimum === true && typeof minimum === 'number' && { exclusiveMinimum: minimum }),
    ...(exclusiveMaximum === true && typeof maximum === 'number' && { exclusiveMaximum: maximum }),
    ...(typeof multipleOf === 'number' && multipleOf > 0 && { multipleOf }),
  };
}

/** Returns the range of a node's texts. */
export function textRange({ keywords }: SchemaNode): TextRange {
  const { pattern, maxLength } = keywords;
  const most = typeof maxLength === 'number' ? maxLength : undefined;
  return {
    ...numbersIn(keywords, ['minLength', 'maxLength']),
    ...(typeof pattern === 'string' && isFastPattern(pattern, most) && { pattern }),
  };
}

/** Returns how many members the lists of a node may have. */
export function listRange({ keywords }: SchemaNode): ListRange {
  return {
    ...numbersIn(keywords, ['minItems', 'maxItems']),
    ...(keywords.uniqueItems === true && { uniqueItems: true }),
  };
}

/** Returns how many members the objects of a node may have. */
export function objectRange({ keywords }: SchemaNode): ObjectRange {
  return numbersIn(keywords, ['minProperties', 'maxProperties']);
}

/** Rounds a number to the digits that a range keeps. */
export function roundToRange({ digits }: NumberRange, value: number): number {
  return digits === undefined ? value + 0 : Number(value.toPrecision(digits));
}

/** Returns a function that checks a text against a range, in few steps for any text. */
export function compileTextRange(range: TextRange): (text: string) => boolean {
  const { minLength = 0, maxLength = Infinity } = range;
  const pattern = range.pattern === undefined ? undefined : compilePattern(range.pattern);
  return (text) => {
    if (minLength > 0 || maxLength < Infinity) {
      const length = lengthOf(text);
      if (length < minLength || length > maxLength) return false;
    }
    return pattern === undefined || pattern.test(text);
  };
}

function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** Returns true if a number is in a range. */
export function isInRange(range: NumberRange, value: number): boolean {
  const { minimum = -Infinity, maximum = Infinity, multipleOf } = range;
  if (roundToRange(range, value) !== value) return false;
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = range;
  if (range.integer && !Number.isInteger(value)) return false;
  if (value < minimum || value > maximum) return false;
  // Written with `<=` and `>=`, since missing bounds are infinite and an infinite number must not pass.
  if (value <= exclusiveMinimum || value >= exclusiveMaximum) return false;
  return multipleOf === undefined || isMultiple(value, multipleOf);
}

// Rounded to 15 digits: 0.3 is a multiple of 0.1, although 0.3 / 0.1 is not whole in binary.
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
