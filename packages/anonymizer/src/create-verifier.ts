import {
  formatPath,
  parseFieldList,
  type FieldList,
  type Form,
  type Json,
  type NumberForm,
} from '@candor/schema';
import { inRange, isDuration, portOf } from './formats.js';
import { settle } from './settle.js';
import { snapshot, type Snapshot } from './snapshot.js';

/** A value as far as the output form allows it. */
export interface Verified {
  readonly value: Json;
  /** The path of each removed value: names that the schema declares, and `*` for every other segment. */
  readonly removed: readonly string[];
}

/** Holds anonymized data against the form that it must have. Never throws on a value. */
export type Verify = (anonymized: unknown) => Verified;

/** Makes a verifier of the content of `candor.fields.json`. Throws `ERR_FIELD_LIST` where that is damaged. */
export function createVerifier(list: FieldList): Verify {
  return createFormVerifier(parseFieldList(list).forms);
}

/** Makes a verifier of output forms, the root's first. */
export function createFormVerifier(forms: readonly Form[]): Verify {
  const compiled = forms.map(compile);
  return (anonymized) => {
    const removed: string[] = [];
    const root = compiled[0];
    const read = snapshot(anonymized);
    // Where nothing may leave, the empty object says so.
    if (root === undefined || (read.kind === 'object' && read.entries.size === 0)) {
      return { value: {}, removed };
    }
    const value = check(compiled, root, read, [], removed);
    return { value: value === undefined ? {} : value, removed };
  };
}

/** A form with its lookups made ready. */
interface Compiled {
  readonly form: Form;
  readonly literals: ReadonlySet<string | number | boolean>;
  readonly properties: ReadonlyMap<string, number>;
  readonly names: ReadonlySet<string | number>;
}

function compile(form: Form): Compiled {
  const { properties = [], names } = form.object ?? {};
  return {
    form,
    literals: new Set(form.literals),
    properties: new Map(properties),
    names: new Set(typeof names === 'string' ? [] : names),
  };
}

type Path = readonly string[];

/** The value without what its form does not allow; undefined where nothing of it is allowed. */
function check(
  forms: readonly Compiled[],
  at: Compiled,
  value: Snapshot,
  path: Path,
  removed: string[],
): Json | undefined {
  switch (value.kind) {
    case 'null':
      return null;
    case 'list':
      if (at.form.list !== undefined) return checkList(forms, at.form.list, value.items, path, removed);
      break;
    case 'object':
      {
        const decided = decide(forms, at, value.entries);
        if (decided !== undefined) return checkObject(forms, decided, value.entries, path, removed);
      }
      break;
    case 'unreadable':
      break;
    default:
      if (allowsScalar(at, value.value)) return value.value;
  }
  removed.push(formatPath(path));
  return undefined;
}

/** The form for an object: of a union's alternatives the one whose constants it holds, all where they are masked. */
function decide(
  forms: readonly Compiled[],
  at: Compiled,
  entries: ReadonlyMap<string, Snapshot>,
): Compiled | undefined {
  const { object, alternatives } = at.form;
  if (object === undefined || alternatives === undefined) return object && at;
  const fitting = alternatives.flatMap(({ form, discriminators }) => {
    const alternative = forms[form];
    return alternative && discriminators.every((key) => holdsConstant(forms, alternative, key, entries))
      ? [alternative]
      : [];
  });
  return fitting.length > 1 ? at : fitting[0];
}

function holdsConstant(
  forms: readonly Compiled[],
  alternative: Compiled,
  key: string,
  entries: ReadonlyMap<string, Snapshot>,
): boolean {
  const value = entries.get(key);
  const form = forms[alternative.properties.get(key) ?? -1];
  return value === undefined || !('value' in value) || form === undefined || allowsScalar(form, value.value);
}

function checkList(
  forms: readonly Compiled[],
  { prefix, items: rest }: NonNullable<Form['list']>,
  items: readonly Snapshot[],
  path: Path,
  removed: string[],
): Json[] {
  return items.flatMap((item, at) => {
    const form = forms[prefix[at] ?? rest ?? -1];
    const itemPath = [...path, at < prefix.length ? String(at) : '*'];
    if (form === undefined) {
      removed.push(formatPath(itemPath));
      return [];
    }
    const value = check(forms, form, item, itemPath, removed);
    // In a tuple nothing may move up.
    if (value === undefined) return at < prefix.length ? [null] : [];
    return [value];
  });
}

function checkObject(
  forms: readonly Compiled[],
  at: Compiled,
  entries: ReadonlyMap<string, Snapshot>,
  path: Path,
  removed: string[],
): Json {
  const kept: [string, Json][] = [];
  const most = entries.size + at.properties.size;
  for (const [key, member] of entries) {
    const declared = at.properties.get(key);
    const isNamed = declared !== undefined || allowsName(at, key, most);
    const form = isNamed ? forms[declared ?? at.form.object?.members ?? -1] : undefined;
    const memberPath = [...path, declared === undefined ? '*' : key];
    if (form === undefined) {
      removed.push(formatPath(memberPath));
      continue;
    }
    const value = check(forms, form, member, memberPath, removed);
    if (value !== undefined) kept.push([key, value]);
  }
  return Object.fromEntries(kept);
}

function allowsName({ form, names }: Compiled, key: string, most: number): boolean {
  const [, number] = /^key([1-9]\d{0,8})$/.exec(key) ?? [];
  // Unlimited, the number would carry anything that fits in one.
  if (number !== undefined && Number(number) <= most) return true;
  if (names.has(key)) return true;
  const text = form.object?.names;
  return typeof text === 'string' && settle(key, text === 'address') === key;
}

function allowsScalar({ form, literals }: Compiled, value: string | number | boolean): boolean {
  if (literals.has(value)) return true;
  switch (typeof value) {
    case 'boolean':
      return form.boolean === true;
    case 'number':
      if (form.count && Number.isSafeInteger(value) && value >= 0) return true;
      return form.numbers?.some((numbers) => inRange(rangeOf(numbers), value)) ?? false;
    case 'string':
      if (form.port && portOf(value) === value) return true;
      if (form.durations?.some((format) => isDuration(format, value))) return true;
      return form.text !== undefined && settle(value, form.text === 'address') === value;
  }
}

function rangeOf(numbers: NumberForm): Parameters<typeof inRange>[0] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, integer = false } = numbers;
  return {
    low: minimum ?? -Infinity,
    high: maximum ?? Infinity,
    above: exclusiveMinimum ?? -Infinity,
    below: exclusiveMaximum ?? Infinity,
    integer,
  };
}
