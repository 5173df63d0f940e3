import type { TestCollector } from '@candor/testing';
import {
  createUsageReporting,
  type UsageEvent,
  type UsageReporting,
  type UsageReportingOptions,
} from '../../src/index.js';

/** The schema of a small host: two exported settings, one secret, one tagged map, one masked section. */
export const schema = {
  type: 'object',
  export: true,
  properties: {
    port: {
      type: 'integer',
      minimum: 1,
      maximum: 65_535,
      export: true,
      description: 'The port.',
      why: 'Usual?',
    },
    note: { type: 'string', export: 'text', description: 'A note.', why: 'What for?' },
    secret: { type: 'string' },
    sites: {
      type: 'object',
      export: true,
      additionalProperties: {
        type: 'object',
        export: true,
        properties: { tls: { type: 'boolean', export: true }, key: { type: 'string' } },
      },
    },
  },
} as const;

/** Options of a released host that reports to a collector at once. */
export function hostOptions(
  endpoint: string,
  state: UsageReportingOptions['state'],
): Pick<UsageReportingOptions, 'product' | 'version' | 'schema' | 'config' | 'endpoint' | 'consent'> &
  Pick<UsageReportingOptions, 'state' | 'env' | 'schedule'> {
  return {
    product: 'gateway',
    version: '1.2.3',
    schema,
    config: () => ({
      port: 8080,
      note: 'fast',
      secret: 'hunter2',
      sites: { intranet: { tls: true, key: 'k' } },
    }),
    endpoint,
    consent: 'on',
    state,
    env: {},
    schedule: { first: 1, interval: 3_600_000, jitter: 0 },
  };
}

/** Starts a host, waits until its first report is accepted, and gives back what was sent. */
export async function sendOne(usage: UsageReporting, collector: TestCollector): Promise<string> {
  const sent = nextEvent(usage, 'sent');
  await usage.start();
  await sent;
  await usage.stop();
  return collector.received.at(-1)?.text ?? '';
}

/** Waits for the next event of a type. */
export function nextEvent<T extends UsageEvent['type']>(
  usage: Pick<UsageReporting, 'subscribe'>,
  type: T,
): Promise<Extract<UsageEvent, { type: T }>> {
  return new Promise((resolve) => {
    const end = usage.subscribe((event) => {
      if (event.type !== type) return;
      end();
      resolve(event as Extract<UsageEvent, { type: T }>);
    });
  });
}

/** Creates usage reporting as a host without types may. */
export function createUntyped(options: object): UsageReporting {
  return createUsageReporting(options as UsageReportingOptions) as UsageReporting;
}
