import type { Remark } from '@candor/anonymizer';
import type { Operator } from '@candor/reporter';

/** What the operator's commands and page need. */
export interface OperatorContext {
  /** How the operator calls the commands, such as `gateway usage`. */
  readonly program: string;
  readonly reporter: Operator;
  readonly explain: () => Promise<readonly Remark[]>;
  readonly notice: () => string;
  /** Returns the width of the terminal. */
  readonly columns: () => number;
  /** Host names for which the page is served, beside addresses and names without a dot. */
  readonly pageHosts: readonly string[];
}
