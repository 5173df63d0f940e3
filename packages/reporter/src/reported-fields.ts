/** One thing that may leave this installation. */
export interface ReportedField {
  readonly path: string;
  /** How it leaves, such as `as it is` or `in steps 10, 100`; another wording counts as a new field. */
  readonly exportedAs: string;
  readonly description?: string | undefined;
}

/** Everything that may leave this installation: the field list, what the operator denied taken out. */
export interface ReportedFields {
  /** Digest of the product's field list, as the collector knows it. */
  readonly digest: string;
  readonly fields: readonly ReportedField[];
  /** What leaves of masked places, such as whether a setting is set, or how many members a list has. */
  readonly shape?: readonly ReportedField[] | undefined;
}

/** Returns the field list and the shape as consent is bound to them, one label each. */
export function labelsOf(list: ReportedFields): string[] {
  return allOf(list).map(labelOf);
}

/** Returns what an accepted list of labels does not hold. */
export function fieldsBeyond(list: ReportedFields, accepted: readonly string[]): ReportedField[] {
  const known = new Set(accepted);
  return allOf(list).filter((field) => !known.has(labelOf(field)));
}

function allOf({ fields, shape = [] }: ReportedFields): readonly ReportedField[] {
  return [...fields, ...shape];
}

function labelOf({ path, exportedAs }: ReportedField): string {
  return `${path} (${exportedAs})`;
}
