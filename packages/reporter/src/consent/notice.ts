import type { ConsentSettings } from './mode.js';
import type { ReportedFields } from '../reported-fields.js';

/** What the notice speaks about. */
export interface NoticeOptions {
  readonly product: string;
  readonly endpoint: string;
  readonly consentSettings?: ConsentSettings | undefined;
  /** The host's command for operators, such as `gateway usage`. */
  readonly command: string;
}

/** The text that a host prints on its first run: what is collected, how often, where to, how to look and how to stop. */
export function notice(list: ReportedFields, options: NoticeOptions): string {
  const { product, endpoint, consentSettings, command } = options;
  return [
    `${product} reports anonymous usage once a day, first about ten minutes after its start, to`,
    `  ${endpoint}`,
    '',
    `A report holds the version, an irreversible hash that is new each day, and of the configuration only:`,
    ...list.fields.map(
      ({ path, exportedAs, description }) =>
        `  ${path} (${exportedAs})${description === undefined ? '' : `: ${description}`}`,
    ),
    ...(list.fields.length === 0 ? ['  nothing'] : []),
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
