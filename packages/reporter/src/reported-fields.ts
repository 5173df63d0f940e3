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
}
