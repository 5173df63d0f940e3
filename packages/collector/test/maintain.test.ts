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
