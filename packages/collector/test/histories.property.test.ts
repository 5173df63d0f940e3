import { randomBytes } from 'node:crypto';
import type { Report } from '@candor/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { collecting } from './support/collecting.js';
import { sampleReport } from './support/sample.js';

const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24'];

/** Installations that report on each day, now and then twice, with what they say. */
const history = fc.array(
  fc.record({
    day: fc.nat(days.length - 1),
    version: fc.constantFrom('1.0.0', '2.0.0', '2.1.0-rc.1'),
    first: fc.record({ day: fc.boolean(), week: fc.boolean(), month: fc.boolean() }),
    level: fc.constantFrom('DEBUG', 'INFO', 'ERROR'),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 30 },
);

it('answers over HTTP what a plain count says, before and after days are rolled up', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.nat(4), fc.nat(4), async (reports, one, other) => {
      const { send, count: countReports, collector } = await collecting({ allowBackdating: true });
      const range = { from: days[Math.min(one, other)] ?? '', to: days[Math.max(one, other)] ?? '' };
      for (const { day, version, first, level, times } of reports) {
        const report: Report = sampleReport({
          id: randomBytes(32).toString('hex'),
          version,
          first,
          configuration: { log: { level } },
        });
        const headers = { 'candor-received': days[day] ?? '' };
        const sent = Array.from({ length: times }, () => send(report, headers));
        expect((await Promise.all(sent)).map(({ status }) => status)).toEqual(sent.map(() => 202));
      }
      const counted = reports.filter(({ day }) => {
        const text = days[day] ?? '';
        return range.from <= text && text <= range.to;
      });
      const count = (test: (report: (typeof reports)[number]) => boolean): number =>
        counted.filter(test).length;
      const inRange = days.filter((day) => range.from <= day && day <= range.to);
      const check = async (): Promise<void> => {
        for (const by of ['nothing', 'version', 'path'] as const) {
          const found = await countReports({ ...range, by });
          expect(
            found.filter(({ total }) => total > 0).map(({ firstDay, total }) => [firstDay, total]),
          ).toEqual(
            inRange
              .map((day) => [day, count((report) => days[report.day] === day)])
              .filter(([, total]) => total !== 0),
          );
          for (const { firstDay, counts } of found) {
            for (const part of counts) {
              if ('version' in part) {
                expect(part.count).toBe(
                  count((report) => days[report.day] === firstDay && report.version === part.version),
                );
              } else if ('path' in part && part.path === 'log.level') {
                expect(part.count).toBe(
                  count((report) => days[report.day] === firstDay && report.level === part.value),
                );
              }
            }
          }
        }
        const firsts = await countReports({ ...range, unit: 'installations' });
        for (const { firstDay, total } of firsts) {
          expect(total).toBe(count((report) => days[report.day] === firstDay && report.first.day));
        }
      };
      await check();
      await collector.maintain();
      await check();
    }),
    { numRuns: 15 },
  );
});
