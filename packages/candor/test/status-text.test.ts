import type { Status } from '@candor/reporter';
import { describe, expect, it } from 'vitest';
import { statusText } from '../src/operator/status-text.js';

const status: Status = {
  product: 'notes',
  version: '1.4.0',
  mode: 'on',
  decidedBy: 'configuration',
  endpoint: 'https://usage.example/v1/reports',
  isInsecure: false,
  endpointFrom: 'configuration',
  last: null,
  next: Date.UTC(2026, 10, 24, 12, 10),
  pending: false,
  newFields: [],
  gone: false,
  requests: 0,
  directory: '/var/lib/notes/usage',
  lastReport: null,
  isLasting: true,
  warning: null,
};

describe('statusText', () => {
  it('says everything in one table', () => {
    expect(statusText(status, 'notes usage')).toMatchInlineSnapshot(`
      "notes 1.4.0: anonymous usage is reported.
        mode         on, decided by the configuration
        endpoint     https://usage.example/v1/reports (set by the configuration)
        last report  none yet
        next report  2026-11-24 12:10:00 UTC
        requests     0 of at most 12 in the last 24 hours
        state        /var/lib/notes/usage
      "
    `);
  });

  it.each<[string, Partial<Status>, RegExp]>([
    [
      'that the last try was not accepted',
      { pending: true },
      /next report .*UTC \(again; the last try was not accepted\)/,
    ],
    ['that it was not planned yet', { next: null }, /next report +planned when the program starts/],
    [
      'that the collector wants no more',
      { gone: true },
      /: the collector wants no more reports of this version\.\n[\s\S]*next report +none/,
    ],
    [
      'which fields are new',
      {
        newFields: [
          { path: 'api', exportedAs: 'as it is' },
          { path: 'log', exportedAs: 'text, scrubbed' },
        ],
      },
      /: nothing is reported until you accept the new fields\.\n[\s\S]*next report +none[\s\S]*new field +api \(as it is\)\n +new field +log \(text, scrubbed\)\nAccept these 2 fields: notes usage accept\n/,
    ],
    [
      'what it warned of',
      { warning: 'state is kept in memory only: ENOSPC' },
      /warning +state is kept .*ENOSPC/,
    ],
    [
      'what became of the last report, and what to do',
      {
        lastReport: {
          id: 'a',
          at: 0,
          result: 'retrying',
          reason: '407',
          message: 'The proxy asked for a password (407).',
          remedy: 'Check HTTPS_PROXY.',
        },
      },
      /last result +The proxy asked for a password \(407\)\.\n +what to do +Check HTTPS_PROXY\./,
    ],
    ['that there is no directory', { directory: null }, /state +not in a directory/],
    ['that reports stay here', { mode: 'local' }, /: reports are written to the log here, and not sent\./],
    ['that it is off', { mode: 'off', decidedBy: 'DO_NOT_TRACK' }, /next report +none/],
  ])('says %s', (_what, more, expected) => {
    expect(statusText({ ...status, ...more }, 'notes usage')).toMatch(expected);
  });
});
