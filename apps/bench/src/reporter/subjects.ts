/** One library under measurement: its script under `hosts/` uses it as a program would. */
export interface Subject {
  readonly name: string;
  /** What a user installs, with exact versions; `candor` comes from this repository's packed tarballs. */
  readonly install: readonly string[];
  /** What a program imports. */
  readonly specifier: string;
  /** File under `hosts/`. */
  readonly host: string;
}

/** The libraries compared; the peers are the newest releases that state support for Node 20. */
export const subjects: readonly Subject[] = [
  { name: 'candor', install: [], specifier: 'candor', host: 'candor.mjs' },
  {
    name: 'posthog-node',
    install: ['posthog-node@5.70.0'],
    specifier: 'posthog-node',
    host: 'posthog.mjs',
  },
  {
    name: '@segment/analytics-node',
    install: ['@segment/analytics-node@3.1.0'],
    specifier: '@segment/analytics-node',
    host: 'segment.mjs',
  },
  {
    name: '@opentelemetry/sdk-node',
    install: ['@opentelemetry/sdk-node@0.222.0', '@opentelemetry/api@1.9.0'],
    specifier: '@opentelemetry/sdk-node',
    host: 'opentelemetry.mjs',
  },
];
