import { ReporterError } from '../errors.js';
import type { ConsentSettings } from './mode.js';

/** What the message about a missing choice mentions. */
export interface ConsentRequest {
  readonly product: string;
  readonly endpoint: string;
  /** How the operator calls the host's usage commands, such as `gateway usage`. */
  readonly program: string;
  readonly consentSettings: ConsentSettings | undefined;
}

/** Returns the error for an installation where nobody has chosen; its message says how to look and how to choose. */
export function consentRequired(request: ConsentRequest): ReporterError {
  const { product, endpoint, program, consentSettings } = request;
  const lines = [
    `${product} can report anonymous usage to ${endpoint}, and nobody has decided yet whether it may.`,
    `Look at the report first: ${program} preview`,
    'Then choose on, local (reports are written to a file here, and not sent) or off:',
    `  by a command: ${program} on`,
    ...(consentSettings === undefined
      ? ['  in the code that calls createReporter or createUsageReporting: the option "consent"']
      : [
          `  in the configuration file: ${consentSettings.file} = true`,
          `  by a flag: ${consentSettings.flag}=true`,
          `  by an environment variable: ${consentSettings.variable}=true`,
        ]),
    'Nothing was collected or sent.',
  ];
  return new ReporterError('ERR_CONSENT_REQUIRED', lines.join('\n'));
}
