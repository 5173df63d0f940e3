import { expect, it } from 'vitest';
import { createTurns } from '../src/intake/turns.js';

it('lets the event loop go on after a few milliseconds of work', async () => {
  let time = 0;
  const log: string[] = [];
  const inTurn = createTurns(() => time);
  const steps = ['a', 'b', 'c', 'd'].map((name) =>
    inTurn(() => {
      time += 3;
      log.push(name);
    }),
  );
  const other = new Promise<void>((resolve) => {
    setImmediate(() => {
      log.push('other');
      resolve();
    });
  });
  await Promise.all([...steps, other]);
  expect(log).toEqual(['a', 'b', 'other', 'c', 'd']);
});

it('passes on results and failures, and goes on after a failure', async () => {
  const inTurn = createTurns();
  const failed = inTurn(() => {
    throw new Error('wrong');
  });
  const after = inTurn(() => 7);
  await expect(failed).rejects.toThrow('wrong');
  expect(await after).toBe(7);
  expect(await inTurn(() => 8)).toBe(8);
});

it('asks for no turn of the event loop where there is nothing to do', async () => {
  let turns = 0;
  const inTurn = createTurns(() => (turns += 1));
  await Promise.all([inTurn(() => 1), inTurn(() => 2)]);
  await nextTurn();
  const before = turns;
  for (let turn = 0; turn < 5; turn += 1) await nextTurn();
  expect(turns).toBe(before);
  expect(await inTurn(() => 3)).toBe(3);
});

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
