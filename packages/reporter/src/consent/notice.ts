import { reportParts } from '@candor/protocol';
import type { ReportedField, ReportedFields } from '../reported-fields.js';
import type { ConsentSettings } from './mode.js';

/** What the notice mentions. */
export interface NoticeOptions {
  readonly product: string;
  readonly endpoint: string;
  readonly consentSettings?: ConsentSettings | undefined;
  /** The host's command for operators, such as `gateway usage`. */
  readonly command: string;
}

/**
 * Returns the text that a host prints on its first run: what is collected, how often, where to, how to look and how to
 * stop.
 */
export function notice(list: ReportedFields, options: NoticeOptions): string {
  const { product, endpoint, consentSettings, command } = options;
  const { fields, shape = [] } = list;
  return [
    `${product} reports anonymous usage once a day, first about ten minutes after its start, to`,
    `  ${endpoint}`,
    '',
    'A report says of itself:',
    ...reportParts.map(([name, what]) => `  ${name}: ${what}`),
    'and of the configuration only:',
    ...fields.map(lineOf),
    ...(fields.length === 0 ? ['  nothing'] : []),
    ...(shape.length === 0 ? [] : ['and of what is masked only its shape:', ...shape.map(lineOf)]),
    'Any other text is masked, and no name, address or identifier of this installation is kept.',
    '',
    `Look at the next report: ${command} preview`,
    `Look at what was sent:   ${command} log`,
    'Turn it off:',
    `  ${command} off`,
    ...(consentSettings === undefined
      ? ['  or by the environment variable DO_NOT_TRACK=1']
      : [
          `  or in the configuration file: ${consentSettings.file} = false`,
          `  or by a flag: ${consentSettings.flag}=false`,
          `  or by an environment variable: ${consentSettings.variable}=false, or DO_NOT_TRACK=1`,
        ]),
    '',
  ].join('\n');
}

function lineOf({ path, exportedAs, description }: ReportedField): string {
  return `  ${path} (${exportedAs})${description === undefined ? '' : `: ${description}`}`;
}
