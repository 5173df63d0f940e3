import type { Remark } from '@candor/anonymizer';
import type { Operator } from '@candor/reporter';

/** What the operator's commands and page work on. */
export interface OperatorContext {
  /** How the operator calls the commands, such as `gateway usage`. */
  readonly program: string;
  readonly reporter: Operator;
  readonly explain: () => Promise<readonly Remark[]>;
  readonly notice: () => string;
  /** The width of the terminal that commands are shown at. */
  readonly columns: () => number;
  /** Names of this host, beside addresses and names without a dot, under which its page may be asked for. */
  readonly pageHosts: readonly string[];
}
