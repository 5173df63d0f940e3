import type { FieldList, JsonSchema } from '@candor/schema';

/** What the server knows about a product beside its reports. */
export interface ProductInfo {
  /** The field list of the present release: descriptions, reasons, and the page of what is collected. */
  readonly fields?: FieldList | undefined;
  /** The schema of the field list; with it, a configuration can be tried on the page of what is collected. */
  readonly schema?: JsonSchema | undefined;
  /** The maintainer's questions, shown first. Default: the sections of the field list. */
  readonly questions?: readonly Question[] | undefined;
}

/** A question that the maintainer declared: which members of a section are used, and how much. */
export interface Question {
  readonly path: string;
  /** The heading. Default: the description that the field list gives of the path, else the path. */
  readonly title?: string | undefined;
}

/** Totals since the server's start; the result of the collector's `stats()` fits. */
export interface Health {
  readonly accepted: number;
  /** Values removed from accepted reports, since their field list does not allow them. */
  readonly removed: number;
  /** Refused requests by the type of problem. */
  readonly refused: Readonly<Record<string, number>>;
  /** Reports of an unknown product, or with an unknown field list. */
  readonly unknown?: readonly UnknownSender[] | undefined;
  /** Reports over the daily limit of their network: acknowledged, and not counted. */
  readonly uncounted?: number | undefined;
}

/** Reports that would be accepted after a command. */
export interface UnknownSender {
  /** Undefined if the product is not registered: its name is the sender's text, which is not kept. */
  readonly product?: string | undefined;
  /** The digest of the field list; undefined if the product is unknown. */
  readonly fields?: string | undefined;
  readonly count: number;
}
