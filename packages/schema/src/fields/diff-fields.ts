import type { Field, FieldList, Shape } from './field-list.js';

/** How one field list differs from another. */
export interface FieldDiff {
  readonly added: readonly Field[];
  readonly removed: readonly Field[];
  readonly changed: readonly { readonly before: Field; readonly after: Field }[];
  readonly shape: { readonly added: readonly Shape[]; readonly removed: readonly Shape[] };
  /** True if something is exported that was not before; descriptions and dates do not count. */
  readonly widens: boolean;
}

/** Compares two field lists, for review and for consent that is bound to a list. */
export function diffFields(before: FieldList, after: FieldList): FieldDiff {
  const fields = difference(before.fields, after.fields);
  const shape = difference(before.shape, after.shape);
  const changed = fields.removed.flatMap((old) => {
    const same = fields.added.filter((field) => field.path === old.path && field.key === old.key);
    const rivals = fields.removed.filter((field) => field.path === old.path && field.key === old.key);
    const [only] = same;
    return only !== undefined && same.length === 1 && rivals.length === 1
      ? [{ before: old, after: only }]
      : [];
  });
  const paired = new Set(changed.flatMap((pair) => [pair.before, pair.after]));
  const added = fields.added.filter((field) => !paired.has(field));
  // An exported value already showed its presence and length.
  const known = new Set(before.fields.map(({ path }) => path));
  const widens =
    added.length > 0 ||
    shape.added.some(({ path }) => !known.has(path)) ||
    changed.some((pair) => isWider(pair.before, pair.after));
  return { added, removed: fields.removed.filter((field) => !paired.has(field)), changed, shape, widens };
}

function difference<T>(before: readonly T[], after: readonly T[]): { added: T[]; removed: T[] } {
  const old = new Set(before.map((entry) => JSON.stringify(entry)));
  const current = new Set(after.map((entry) => JSON.stringify(entry)));
  return {
    added: after.filter((entry) => !old.has(JSON.stringify(entry))),
    removed: before.filter((entry) => !current.has(JSON.stringify(entry))),
  };
}

/** Returns true if a changed field may export more; an unknown change counts as more. */
function isWider(before: Field, after: Field): boolean {
  const what = ({ type, values, transform, sameAs }: Field): string =>
    JSON.stringify([type, values, transform, sameAs]);
  // Text that was an address, or free text, was scrubbed of more.
  if (what(before) === what(after)) {
    return (
      (before.address === true && after.address !== true) || (before.text === true && after.text !== true)
    );
  }
  const narrowed = before.transform === undefined && after.transform !== undefined;
  return !(narrowed && before.type === after.type && isBelow(after, before));
}

// A new transform on an enum could list values that the enum did not have.
function isBelow({ transform }: Field, { values }: Field): boolean {
  return values === undefined || transform?.kind === 'presence';
}
