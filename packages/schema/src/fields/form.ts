import {
  bucketLabels,
  isTextList,
  isUndeclared,
  maskedText,
  numberRange,
  otherValue,
  zeroDuration,
} from '../masks.js';
import type { Json, Place, Transform } from '../place.js';
import { emptyPlace } from '../tree/field-tree.js';

/**
 * What anonymized output may hold at one place, as plain data; null may stand everywhere.
 * Forms refer to each other by their position in a list, so that recursive schemas have one too.
 */
export interface Form {
  /** The masks, and what an enum or transform lets through. */
  readonly literals: readonly (string | number | boolean)[];
  /** Any text that scrubbing leaves as it is, by the rules for addresses where it says so. */
  readonly text?: TextForm;
  readonly boolean?: true;
  readonly numbers?: readonly NumberForm[];
  readonly durations?: readonly ('duration' | 'go-duration')[];
  /** The port of a listen address, as `:80` or `:80/udp`. */
  readonly port?: true;
  /** A whole number from zero. */
  readonly count?: true;
  readonly list?: { readonly prefix: readonly number[]; readonly items?: number };
  readonly object?: ObjectForm;
  /** Where a union's objects tell themselves apart; `object` is for one that fits several of them. */
  readonly alternatives?: readonly AlternativeForm[];
}

/** How a text was scrubbed: as any text, or as one that is an address. */
export type TextForm = true | 'address';

/** One object of a union, and the properties whose constants say that it is this one. */
export interface AlternativeForm {
  readonly form: number;
  readonly discriminators: readonly string[];
}

/** The numbers that a place exports; what is missing is not limited. */
export interface NumberForm {
  readonly integer?: true;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** The members that an exported object or map may have; none is required. */
export interface ObjectForm {
  /** Pairs, since a property may be called `__proto__`. */
  readonly properties: readonly (readonly [key: string, form: number])[];
  readonly members?: number;
  /** The keys of members that stay beside `key1`, `key2`, …: those listed, or any text scrubbed so. */
  readonly names?: 'text' | 'address' | readonly (string | number)[];
}

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** Compiles the output form of a tree; the first form is the root's. */
export function compileForms(root: Place): Form[] {
  const forms: Draft<Form>[] = [];
  const known = new Map<string, number>();
  const identities = new Map<Place, number>();
  const pending: (() => void)[] = [];
  const identify = (place: Place): number => {
    const identity = identities.get(place) ?? identities.size;
    identities.set(place, identity);
    return identity;
  };
  // Several places at once, where a union leaves open which: a path may hold what any of them allows.
  const formOf = (places: readonly Place[]): number => {
    const alternatives = [...new Set(places.flatMap(alternativesOf))];
    const key = alternatives
      .map(identify)
      .sort((one, other) => one - other)
      .join();
    const existing = known.get(key);
    if (existing !== undefined) return existing;
    const position = forms.length;
    const form: Draft<Form> = { literals: [] };
    forms.push(form);
    known.set(key, position);
    pending.push(() => fill(form, alternatives, formOf));
    return position;
  };
  formOf([root]);
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) next();
  return forms;
}

function alternativesOf(place: Place): readonly Place[] {
  return place.branches.length > 0 ? place.branches : [place];
}

type FormOf = (places: readonly Place[]) => number;

function fill(form: Draft<Form>, places: readonly Place[], formOf: FormOf): void {
  const literals = new Set<string | number | boolean>();
  for (const place of places) {
    for (const value of masksOf(place)) literals.add(value);
    allowScalars(form, place, literals);
  }
  form.literals = [...literals].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  fillList(form, places, formOf);
  fillObject(form, places, formOf);
}

/** What stands for the scalars of a place that may not leave. */
function masksOf(place: Place): (string | number | boolean)[] {
  const { kinds } = place;
  const open = kinds.length === 0;
  const masks: (string | number | boolean)[] = [];
  if (open || kinds.includes('string')) masks.push(maskedText, '');
  if (kinds.includes('duration')) masks.push(zeroDuration(place));
  if (open || kinds.includes('number') || kinds.includes('integer')) masks.push(0);
  if (open || kinds.includes('boolean')) masks.push(false);
  return masks;
}

function allowScalars(form: Draft<Form>, place: Place, literals: Set<string | number | boolean>): void {
  const { tag, kinds, values } = place;
  if (tag === undefined) return;
  if (tag.transform !== undefined) {
    allowTransformed(form, tag.transform, literals);
  } else if (values === undefined) {
    if (kinds.includes('string')) form.text = widest(form.text, place.address ? 'address' : true);
    if (kinds.includes('boolean')) form.boolean = true;
    if (kinds.includes('number') || kinds.includes('integer')) {
      form.numbers = [...(form.numbers ?? []), numberForm(place)];
    }
    if (kinds.includes('duration')) {
      const format = place.keywords['format'] === 'duration' ? 'duration' : 'go-duration';
      form.durations = [...new Set([...(form.durations ?? []), format] as const)];
    }
  } else {
    for (const value of values) if (isLiteral(value)) literals.add(value);
  }
}

/** Objects of a union may each have text at one key, and a value may come from either. */
function widest(one: TextForm | undefined, other: TextForm): TextForm {
  return one === undefined ? other : one === other ? one : true;
}

function isLiteral(value: Json): value is string | number | boolean {
  return value !== null && typeof value !== 'object';
}

function allowTransformed(
  form: Draft<Form>,
  transform: Transform,
  literals: Set<string | number | boolean>,
): void {
  switch (transform.kind) {
    case 'only':
      for (const value of [...transform.values, otherValue]) literals.add(value);
      break;
    case 'bucket':
      for (const label of bucketLabels(transform)) literals.add(label);
      break;
    case 'presence':
      literals.add(true);
      break;
    case 'count':
      form.count = true;
      break;
    case 'port':
      form.port = true;
  }
}

function numberForm(place: Place): NumberForm {
  const { low, high, above, below, integer } = numberRange(place);
  return {
    ...(integer && { integer }),
    ...(low > -Infinity && { minimum: low }),
    ...(high < Infinity && { maximum: high }),
    ...(above > -Infinity && { exclusiveMinimum: above }),
    ...(below < Infinity && { exclusiveMaximum: below }),
  };
}

const maskedItem: Place = { ...emptyPlace(), kinds: ['string'] };

function fillList(form: Draft<Form>, places: readonly Place[], formOf: FormOf): void {
  const lists = places.filter(({ kinds }) => kinds.length === 0 || kinds.includes('list'));
  if (lists.length === 0) return;
  const exported = lists.filter(isExported);
  const length = Math.max(0, ...exported.map(({ prefix }) => prefix.length));
  const rest = exported.flatMap(({ items }) => items ?? []);
  if (lists.some(isTextList)) rest.push(maskedItem);
  const prefix = Array.from({ length }, (_, at) =>
    formOf([...exported.flatMap((place) => place.prefix[at] ?? place.items ?? []), ...masked(rest)]),
  );
  form.list = { prefix, ...(rest.length > 0 && { items: formOf(rest) }) };
}

function masked(rest: readonly Place[]): Place[] {
  return rest.filter((place) => place === maskedItem);
}

function fillObject(form: Draft<Form>, places: readonly Place[], formOf: FormOf): void {
  const objects = places.filter((place) => isExported(place) && place.kinds.includes('object'));
  if (objects.length === 0) return;
  // Sorted, so that moving a property in the source moves no form.
  const keys = new Set(objects.flatMap(({ properties }) => [...properties.keys()]).sort());
  const members = objects.flatMap(membersOf);
  const properties = [...keys].map((key): [string, number] => {
    const declared = objects.flatMap((place) => place.properties.get(key) ?? membersOf(place));
    return [key, formOf(declared)];
  });
  const names = namesOf(objects);
  if (objects.length > 1) {
    form.alternatives = objects.map((place) => ({
      form: formOf([place]),
      discriminators: constantsOf(place),
    }));
  }
  form.object = {
    properties,
    ...(members.length > 0 && { members: formOf(members) }),
    ...(members.length > 0 && names !== undefined && { names }),
  };
}

function constantsOf({ properties }: Place): string[] {
  return [...properties].flatMap(([key, { values, tag }]) =>
    values !== undefined && tag?.transform === undefined ? [key] : [],
  );
}

function membersOf({ patterns, members }: Place): Place[] {
  return [...patterns.map(({ place }) => place), ...(members === undefined ? [] : [members])].filter(
    (place) => !isUndeclared(place),
  );
}

function namesOf(objects: readonly Place[]): ObjectForm['names'] {
  const listed: (string | number)[] = [];
  let text: TextForm | undefined;
  for (const { names } of objects) {
    if (names?.tag === undefined || names.branches.length > 0) continue;
    const { transform } = names.tag;
    if (transform?.kind === 'only') listed.push(...transform.values);
    if (transform !== undefined) continue;
    if (names.values === undefined) text = widest(text, names.address ? 'address' : true);
    listed.push(...(names.values ?? []).filter((value) => typeof value === 'string'));
  }
  if (text !== undefined) return text === true ? 'text' : text;
  return listed.length > 0 ? listed : undefined;
}

/** Whether a place leaves as it is, members and all that they allow. */
export function isExported({ tag }: Place): boolean {
  return tag !== undefined && tag.transform === undefined;
}
