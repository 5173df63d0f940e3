/** One thing that may leave this installation. */
export interface ReportedField {
  readonly path: string;
  /** How it leaves, such as `as it is` or `in steps 10, 100`; another wording counts as a new field. */
  readonly exportedAs: string;
  readonly description?: string | undefined;
}

/** Everything that may leave this installation: the field list without what the operator denied. */
export interface ReportedFields {
  /** Digest of the product's field list, as the collector knows it. */
  readonly digest: string;
  readonly fields: readonly ReportedField[];
  /** What a report shows of masked fields, such as whether a setting is set, or how many members a list has. */
  readonly shape?: readonly ReportedField[] | undefined;
}

/** Returns one label for each field and shape entry; consent is bound to these labels. */
export function labelsOf(list: ReportedFields): string[] {
  return allOf(list).map(labelOf);
}

/** Returns the fields that an accepted list of labels does not contain. */
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
