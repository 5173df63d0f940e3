import { expect, it } from 'vitest';
import { collecting, noon } from './support/collecting.js';
import { sampleReport } from './support/sample.js';

const day = 86_400_000;

it('rolls up closed days and lets their rows expire, and answers stay the same', async () => {
  let now = noon;
  const { send, count, collector, files, errors } = await collecting({ clock: () => now, retention: 5 });
  const hash = 'feedfacefeedfacefeedfacefeedface';
  const kept = (): boolean => files().includes(Buffer.from(hash, 'hex'));
  await send(sampleReport({ hash }));
  const before = await count({ from: '2026-11-20', to: '2026-11-30', by: 'path' });

  for (let days = 1; days <= 6; days += 1) {
    now = noon + days * day;
    await collector.maintain();
    expect([days, kept()]).toEqual([days, days <= 5]);
    expect(await count({ from: '2026-11-20', to: '2026-11-30', by: 'path' })).toEqual(before);
  }
  expect(errors).toEqual([]);
});

it('lets nothing expire by a clock that leaps ahead and back', async () => {
  let now = noon;
  const { send, collector, files } = await collecting({ clock: () => now, retention: 5 });
  const hash = 'feedfacefeedfacefeedfacefeedface';
  await send(sampleReport({ hash }));
  await collector.maintain();
  now = noon + 40 * day;
  await collector.maintain();
  await send(sampleReport());
  now = noon;
  await collector.maintain();
  expect((await send(sampleReport())).status).toBe(202);
  expect(files().includes(Buffer.from(hash, 'hex'))).toBe(true);
});

it('answers 503 for a day that cannot be written, so that the sender keeps its report', async () => {
  let now = noon;
  const { send, collector, errors } = await collecting({ clock: () => now, retention: 5 });
  await send(sampleReport());
  for (let days = 1; days <= 6; days += 1) {
    now = noon + days * day;
    await collector.maintain();
  }
  now = noon;
  const answer = await send(sampleReport());
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '300']);
  expect(errors).toMatchObject([{ code: 'ERR_DAY_CLOSED' }]);
  now = noon + 6 * day;
  expect((await send(sampleReport())).status).toBe(202);
});

it.each([
  ['back', [0, -2, 0, 1]],
  ['forward and back', [0, 2, 0, 1, 2, 3]],
  ['to and fro', [2, 0, 2, 1, 3, 1]],
])('loses no report and counts none twice when the clock goes %s by two days', async (_, offsets) => {
  let now = noon;
  const { send, count, collector, errors } = await collecting({ clock: () => now, retention: 5 });
  const retried = sampleReport();
  for (const offset of offsets) {
    now = noon + offset * day;
    expect((await send(retried)).status).toBe(202);
    expect((await send(sampleReport())).status).toBe(202);
    await collector.maintain();
    expect((await send(sampleReport())).status).toBe(202);
  }
  const total = async (): Promise<number> =>
    (await count({ from: '2026-11-20', to: '2026-11-30' })).reduce((sum, period) => sum + period.total, 0);
  expect(await total()).toBe(1 + 2 * offsets.length);
  await collector.maintain();
  expect(await total()).toBe(1 + 2 * offsets.length);
  expect(errors).toEqual([]);
});
