import { addDays, type Count, type CountPeriod } from '@candor/protocol';
import { fields } from '@candor/schema';
import { describe, expect, test } from 'vitest';
import { changesOf } from '../src/counts/changes.js';
import { factsOf, memberName, withoutEchoes } from '../src/counts/facts.js';
import { uptakes } from '../src/counts/uptake.js';
import { unusedOf } from '../src/pages/unused.js';
import { breakable } from '../src/view/text.js';

function day(firstDay: string, total: number, counts: readonly Count[]): CountPeriod {
  return { firstDay, lastDay: firstDay, total, configurations: null, counts, complete: true };
}

describe('how fast a release is taken up', () => {
  /** From the third day on, ten more of a hundred are on 3.2.0 each day; nothing arrives on the ninth. */
  const periods = Array.from({ length: 12 }, (_, at) => {
    const moved = Math.max(0, at - 1) * 10;
    return day(addDays('2026-11-01', at), 100, [
      { version: '3.2.0', count: moved },
      { version: '3.1.4', count: 99 - moved },
      { version: '4.0.0-rc.1', count: 1 },
    ]);
  }).filter((_, at) => at !== 8);

  test('is told by the days since it was first seen', () => {
    const [newest, older, ...others] = uptakes({ periods: periods.slice(0, -3) });
    expect(newest).toMatchObject({ name: '3.2.0', firstSeen: '2026-11-03', daysToHalf: 4 });
    expect(newest?.after(1)).toEqual({ count: 20, total: 100 });
    expect(newest?.after(7)).toBeUndefined();
    expect(newest?.last).toEqual({ count: 60, total: 100 });
    // A pre-release is none, and 3.1.4 was there before.
    expect(older).toMatchObject({ name: '3.1.4', firstSeen: undefined });
    expect(older?.after(1)).toBeUndefined();
    expect(others).toEqual([]);
  });

  test('does not take a day without reports for one without the release', () => {
    expect(uptakes({ periods })[0]?.after(6)).toBeUndefined();
    expect(uptakes({ periods })[0]?.after(7)).toEqual({ count: 80, total: 100 });
  });

  test('adds up the releases of its minor version', () => {
    const last = day('2026-11-02', 100, [
      { version: '3.2.1', count: 30 },
      { version: '3.2.0', count: 20 },
      { version: '3.1.0', count: 50 },
    ]);
    const [newest] = uptakes({ periods: [day('2026-11-01', 100, [{ version: '3.2.0', count: 100 }]), last] });
    expect(newest).toMatchObject({ name: '3.2.1', minor: { name: '3.2', count: 50, total: 100 } });
  });
});

test('changes are added up over days, among the reports that could compare', () => {
  const days = [
    day('2026-11-15', 10, [{ changed: true, count: 9 }]),
    day('2026-11-16', 10, [
      { changed: true, count: 1 },
      { changed: false, count: 6 },
      { changed: null, count: 3 },
    ]),
    day('2026-11-18', 10, [
      { changed: true, count: 2 },
      { changed: false, count: 8 },
    ]),
  ];
  expect(changesOf('week', { periods: days })).toEqual([
    { firstDay: '2026-11-09', changes: 9, reports: 9 },
    { firstDay: '2026-11-16', changes: 3, reports: 17 },
  ]);
});

test('what nobody reports is found in the field list, without what lies below it', () => {
  const text = { type: 'string', enum: ['a'], export: true } as const;
  const list = fields({
    type: 'object',
    export: true,
    properties: {
      providers: {
        type: 'object',
        export: true,
        properties: {
          docker: { type: 'object', export: true, properties: { mode: text } },
          etcd: { type: 'object', export: true, properties: { mode: text } },
          rest: text,
        },
      },
    },
  });
  const facts = factsOf({
    periods: [
      day('2026-11-16', 10, [
        { path: 'providers', value: true, count: 10 },
        { path: 'providers.docker', value: true, count: 4 },
      ]),
    ],
  });
  const unused = unusedOf(list, facts);
  expect(unused.membersOf('providers')).toEqual(['providers.etcd', 'providers.rest']);
  expect(unused.topmost).toEqual(['providers.docker.mode', 'providers.etcd', 'providers.rest']);
  expect(unusedOf(undefined, facts).topmost).toEqual([]);
});

test('what has the numbers of its section is not said again', () => {
  const rows = [
    { path: 'tracing', count: 5 },
    { path: 'tracing.otlp', count: 5 },
    { path: 'tracing.otlp.http', count: 5 },
    { path: 'tracing.zipkin', count: 2 },
    { path: 'log.level', count: 5 },
  ];
  expect(withoutEchoes(rows, ({ count }) => [count]).map(({ path }) => path)).toEqual([
    'tracing',
    'tracing.zipkin',
    'log.level',
  ]);
});

test('a name breaks between its parts, and the members of a map have no name', async () => {
  expect(String(await breakable('entryPoints.*.http-3'))).toBe(
    '<bdi>entry<wbr />Points.<wbr />*.<wbr />http-<wbr />3</bdi>',
  );
  expect(memberName('entryPoints.*')).toBe('at least one');
  expect(memberName('providers.docker')).toBe('docker');
});
