import {
  canonicalDuration,
  compileTextRange,
  isInRange,
  type ListOutput,
  type NumberRange,
  type OutputSchema,
  type TextOutput,
} from '@candor/schema';
import { portOf } from '../listen-port.js';
import type { Work } from '../scrub/budget.js';
import { scrubText } from '../scrub-text.js';

/** An output schema whose look-ups are prepared. */
export interface Check {
  readonly isNullable: boolean;
  readonly hasText: boolean;
  readonly allowsText: TextTest;
  /** Returns true if the schema allows a scalar that is not free text. */
  readonly allowsScalar: (value: string | number | boolean) => boolean;
  readonly list: ListCheck | undefined;
  readonly object: ObjectCheck | undefined;
  /** The objects of a union, and the properties that distinguish them. */
  readonly alternatives: readonly {
    readonly check: () => Check;
    readonly discriminators: readonly string[];
  }[];
}

type TextTest = (text: string, work: Work) => boolean;

/** What a list may contain. */
export interface ListCheck extends Pick<ListOutput, 'masked' | 'maxItems' | 'uniqueItems'> {
  readonly prefixItems: readonly (() => Check)[];
  readonly items: (() => Check) | undefined;
}

/** What an object may contain. */
export interface ObjectCheck {
  readonly properties: ReadonlyMap<string, () => Check>;
  readonly additionalProperties: (() => Check) | undefined;
  readonly names: ReadonlySet<string>;
  readonly allowsName: TextTest;
  readonly maxProperties: number;
}

/** Compiles output schemas, the root's first. */
export function compileChecks(schemas: readonly OutputSchema[]): Check[] {
  const checks: Check[] = [];
  const checkAt =
    (position: number): (() => Check) =>
    () =>
      checks[position] as Check;
  for (const schema of schemas) checks.push(compile(schema, checkAt));
  return checks;
}

type CheckAt = (position: number) => () => Check;

function compile(schema: OutputSchema, checkAt: CheckAt): Check {
  const { text, alternatives = [] } = schema;
  return {
    isNullable: schema.null === true,
    hasText: text !== undefined,
    allowsText: compileTexts(text),
    allowsScalar: compileScalars(schema),
    list: compileList(schema, checkAt),
    object: compileObject(schema, checkAt),
    alternatives: alternatives.map(({ schema: position, discriminators }) => ({
      check: checkAt(position),
      discriminators,
    })),
  };
}

function compileScalars(schema: OutputSchema): Check['allowsScalar'] {
  const literals = new Set(schema.literals);
  const { numbers = [], count = [], durations = [] } = schema;
  const ranges: readonly NumberRange[] = [...numbers, ...count];
  return (value) => {
    if (literals.has(value)) return true;
    switch (typeof value) {
      case 'boolean':
        return schema.boolean === true;
      case 'number':
        return ranges.some((range) => isInRange(range, value));
      case 'string':
        if (schema.port && portOf(value) === value) return true;
        return durations.some((format) => canonicalDuration(format, value) === value);
    }
  };
}

function compileTexts(texts: readonly TextOutput[] = []): TextTest {
  const tests = texts.map((text) => ({
    options: {
      addresses: text.address === true,
      personal: text.personal === true,
      digest: text.digest === true,
    },
    isInRange: compileTextRange(text),
  }));
  return (value, work) =>
    tests.some(
      ({ options, isInRange: allows }) => allows(value) && scrubText(value, options, work) === value,
    );
}

function compileList({ list }: OutputSchema, checkAt: CheckAt): ListCheck | undefined {
  if (list === undefined) return undefined;
  const { prefix, items, ...bounds } = list;
  return {
    ...bounds,
    prefixItems: prefix.map(checkAt),
    items: items === undefined ? undefined : checkAt(items),
  };
}

function compileObject({ object }: OutputSchema, checkAt: CheckAt): ObjectCheck | undefined {
  if (object === undefined) return undefined;
  const { properties, additionalProperties, propertyNames, maxProperties = Infinity } = object;
  return {
    properties: new Map(properties.map(([key, position]) => [key, checkAt(position)])),
    additionalProperties: additionalProperties === undefined ? undefined : checkAt(additionalProperties),
    names: new Set(propertyNames?.literals),
    allowsName: compileTexts(propertyNames?.text),
    maxProperties,
  };
}
