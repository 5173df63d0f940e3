import type { Remark } from '@candor/anonymizer';
import type { Reporter } from '@candor/reporter';

/** What the operator's commands and page work on. */
export interface OperatorContext {
  /** How the operator calls the commands, such as `gateway usage`. */
  readonly program: string;
  readonly reporter: Pick<
    Reporter,
    | 'preview'
    | 'status'
    | 'log'
    | 'setMode'
    | 'setEndpoint'
    | 'accept'
    | 'clean'
    | 'export'
    | 'send'
    | 'reportNow'
    | 'forget'
    | 'diagnose'
  >;
  readonly explain: () => Promise<readonly Remark[]>;
  readonly notice: () => string;
  /** Names of this host, beside addresses and names without a dot, under which its page may be asked for. */
  readonly pageHosts: readonly string[];
}
