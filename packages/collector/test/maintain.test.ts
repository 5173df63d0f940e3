import type { ActiveResponse } from '@candor/protocol';
import { expect, it } from 'vitest';
import { collecting, noon } from './support/collecting.js';
import { sampleReport } from './support/sample.js';

const day = 86_400_000;

it('rolls up closed days and lets their rows expire, and answers stay the same', async () => {
  let now = noon;
  const { send, json, collector, files, errors } = await collecting({ clock: () => now, retention: 5 });
  const hash = 'feedfacefeedfacefeedfacefeedface';
  const kept = (): boolean => files().includes(Buffer.from(hash, 'hex'));
  await send(sampleReport({ hash }));
  const before = await json<ActiveResponse>('/v1/products/gateway/active?from=2026-11-20&to=2026-11-30');

  for (const [days, isKept] of [
    [1, true],
    [5, true],
    [6, false],
  ] as const) {
    now = noon + days * day;
    await collector.maintain();
    expect([days, kept()]).toEqual([days, isKept]);
    expect(await json('/v1/products/gateway/active?from=2026-11-20&to=2026-11-30')).toEqual(before);
  }
  expect(errors).toEqual([]);
});

it('refuses a report that is dated back to a day whose rows have expired, and takes others', async () => {
  let now = noon;
  const { send, collector, errors } = await collecting({
    clock: () => now,
    retention: 5,
    allowBackdating: true,
  });
  await send(sampleReport());
  now = noon + 6 * day;
  await collector.maintain();
  now = noon + 5 * day;
  const answer = await send(sampleReport(), { 'candor-received': '2026-11-24' });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ type: 'urn:candor:problem:bad-day' });
  expect((await send(sampleReport())).status).toBe(202);
  expect(errors).toMatchObject([{ code: 'ERR_DAY_EXPIRED' }]);
});
