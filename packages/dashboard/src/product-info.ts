import type { FieldList, JsonSchema } from '@candor/schema';

/** What the server knows of a product beside its reports. */
export interface ProductInfo {
  /** The field list of the present release: descriptions, reasons, and the page of what is collected. */
  readonly fields?: FieldList | undefined;
  /** The schema that the list was made of; with it, a configuration can be tried on the page of what is collected. */
  readonly schema?: JsonSchema | undefined;
  /** What the maintainer asks first. Default: the sections of the field list. */
  readonly questions?: readonly Question[] | undefined;
}

/** A question that the maintainer declared: which members of a section are used, and how much. */
export interface Question {
  readonly path: string;
  /** The heading. Default: the description that the field list gives of the path, else the path. */
  readonly title?: string | undefined;
}

/** What became of requests since the server's start; the collector's `stats()` fit. */
export interface Health {
  readonly accepted: number;
  /** Values taken out of accepted reports, since their field list does not allow them. */
  readonly removed: number;
  /** Refused requests by the type of problem. */
  readonly refused: Readonly<Record<string, number>>;
  /** Reports of a product that the server does not know, or under a field list that it does not know. */
  readonly unknown?: readonly UnknownSender[] | undefined;
  /** Reports over the daily limit of their network: acknowledged, and not counted. */
  readonly uncounted?: number | undefined;
}

/** Reports that a command could let in. */
export interface UnknownSender {
  /** Undefined where it is not registered: its name is text of the sender's, which nobody keeps. */
  readonly product?: string | undefined;
  /** The digest of the field list; undefined where the product itself is not known. */
  readonly fields?: string | undefined;
  readonly count: number;
}
