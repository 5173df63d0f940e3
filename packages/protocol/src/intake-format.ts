import type { Parsed } from './issue.js';
import type { Limits } from './limits.js';
import type { Report } from './report.js';

/** The content of a report in a program's own format. It has no id and no flags. */
export interface ForeignReport extends Pick<Report, 'version' | 'configuration'> {
  /** Digest of the field list that describes `configuration`; null where no list describes this version. */
  readonly fields: string | null;
}

/** A program's own report format, which a collector takes at `POST /v1/products/:product/reports`. */
export interface IntakeFormat {
  readonly product: string;
  /** Reads parsed JSON and anonymizes the configuration in it; never throws. */
  parse(value: unknown, limits: Limits): Parsed<ForeignReport>;
}
