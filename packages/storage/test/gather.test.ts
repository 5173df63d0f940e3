import { expect, it } from 'vitest';
import { gather } from '@candor/storage';

it('does together what comes while a call is under way, and fails those alone whose call fails', async () => {
  const calls: (readonly number[])[] = [];
  let open = (): void => {};
  const hand = gather(async (items: readonly number[]) => {
    calls.push(items);
    if (calls.length === 1) await new Promise<void>((resolve) => (open = resolve));
    if (items.includes(3)) throw new Error('three');
  });
  const first = [hand(1), hand(2)];
  await new Promise(setImmediate);
  expect(calls).toEqual([[1, 2]]);
  const second = Promise.allSettled([hand(3), hand(4)]);
  expect(calls).toHaveLength(1);
  open();
  await Promise.all(first);
  expect((await second).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await hand(5);
  expect(calls).toEqual([[1, 2], [3, 4], [5]]);
});
