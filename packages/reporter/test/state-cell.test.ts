import { appendFile, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@candor/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../src/index.js';
import { createFileStore } from '../src/state/file-store.js';
import { createMemoryStore } from '../src/state/memory-store.js';
import { createStateCell } from '../src/state/state-cell.js';
import { initialState, type State } from '../src/state/state.js';
import { stillClock } from './support/harness.js';

const start = Date.UTC(2026, 10, 24, 12);

describe('createStateCell', () => {
  function cellOver(
    store: Store,
    fallback = true,
  ): { cell: ReturnType<typeof createStateCell>; failures: string[] } {
    const failures: string[] = [];
    const onFailure = (error: unknown, failure: string): void =>
      void failures.push(`${failure} ${(error as { code?: string }).code}`);
    return {
      cell: createStateCell({
        store,
        fallback,
        initial: () => initialState(stillClock(start)),
        onWritten: () => {},
        onFailure,
      }),
      failures,
    };
  }
  const touch = (state: State): State => ({ ...state, features: ['sso'] });

  it.each([
    ['truncated', (path: string) => truncate(path, 100)],
    ['empty', (path: string) => truncate(path, 0)],
    ['corrupt', (path: string) => writeFile(path, '\u0000\u0001{')],
    [
      'of a foreign version',
      async (path: string) =>
        writeFile(path, (await readFile(path, 'utf8')).replace('"format":1', '"format":2')),
    ],
    ['huge', (path: string) => appendFile(path, ' '.repeat(5 * 1024 * 1024))],
  ])('goes on in memory, and does not believe it, when the state is %s', async (_name, damage) => {
    const directory = await temporaryDirectory();
    await cellOver(createFileStore(directory)).cell.update(touch);
    const file = join(directory, 'state.1.json');
    await damage(file);
    const before = await readFile(file);
    const { cell, failures } = cellOver(createFileStore(directory));
    expect(await cell.read()).toMatchObject({ features: [], choice: { mode: 'local' } });
    expect((await cell.update(touch))?.features).toEqual(['sso']);
    expect((await cell.read()).features).toEqual(['sso']);
    expect([cell.isBelieved(), cell.isLasting()]).toEqual([false, false]);
    expect(new Set(failures)).toEqual(new Set(['doubted ERR_STATE_INVALID']));
    // It may be a newer version's, or be needed to find out what happened.
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it('replaces a state that is not believed where the operator asks for it, and keeps the old one aside', async () => {
    const directory = await temporaryDirectory();
    const { comparison } = (await cellOver(createFileStore(directory)).cell.update(touch)) ?? {};
    const file = join(directory, 'state.1.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.slice(0, -20));
    const { cell } = cellOver(createFileStore(directory));
    expect((await cell.replace(touch))?.features).toEqual(['sso']);
    expect([cell.isBelieved(), cell.isLasting()]).toEqual([true, true]);
    expect((await cellOver(createFileStore(directory)).cell.read()).features).toEqual(['sso']);
    const aside = await readFile(join(directory, 'state.damaged'), 'utf8');
    expect(aside).toContain('"format":1');
    // A person may look at it; what could be tried against guesses is gone.
    expect(aside).not.toContain(comparison?.secret);
    expect(await readFile(file, 'utf8')).toBe('');
    await createFileStore(directory).tidy();
    expect(await readdir(directory)).not.toContain('state.damaged');
  });

  it('believes a state again that was repaired', async () => {
    const directory = await temporaryDirectory();
    await cellOver(createFileStore(directory)).cell.update(touch);
    const file = join(directory, 'state.1.json');
    const text = await readFile(file);
    await truncate(file, 10);
    const { cell } = cellOver(createFileStore(directory));
    await cell.read();
    expect(cell.isBelieved()).toBe(false);
    await writeFile(file, text);
    expect((await cell.read()).features).toEqual(['sso']);
    expect(cell.isBelieved()).toBe(true);
  });

  it.each([
    ['off', 'off'],
    ['local', 'local'],
    ['on', 'local'],
  ] as const)('takes "%s" in a state that a newer version wrote for %s', async (mode, expected) => {
    const directory = await temporaryDirectory();
    const choice = { mode, endpoint: 'https://relay.example/', fields: ['api (as it is)'] } as const;
    await cellOver(createFileStore(directory)).cell.update((state) => ({ ...state, choice }));
    const file = join(directory, 'state.1.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"format":1', '"format":2,"new":true'));
    const { cell, failures } = cellOver(createFileStore(directory));
    expect((await cell.read()).choice).toEqual({ ...choice, mode: expected });
    expect(cell.isBelieved()).toBe(false);
    expect(failures).toHaveLength(1);
  });

  it.each(['EMFILE', 'ENFILE', 'EIO', 'EAGAIN', 'ENOMEM', 'EBUSY', 'ESTALE', 'ETIMEDOUT'])(
    'takes %s for no state at all, and tries again',
    async (code) => {
      const memory = createMemoryStore();
      let broken = true;
      const failing = (): Promise<never> => Promise.reject(Object.assign(new Error('s3cret'), { code }));
      const { cell, failures } = cellOver({
        read: () => (broken ? failing() : memory.read()),
        compareAndSet: (expected, next) => (broken ? failing() : memory.compareAndSet(expected, next)),
      });
      const refused = { code: 'ERR_STATE_UNREADABLE', message: expect.stringContaining(code) as string };
      await expect(cell.read()).rejects.toMatchObject(refused);
      await expect(cell.update(touch)).rejects.toMatchObject(refused);
      await expect(cell.update(touch)).rejects.not.toThrow(/s3cret/);
      broken = false;
      await cell.update(touch);
      expect([cell.isBelieved(), cell.isLasting()]).toEqual([true, true]);
      expect(new Set(failures)).toEqual(new Set([`postponed ${code}`]));
    },
  );

  it('gives up on a store that refuses for ever, and lets the host have its turn meanwhile', async () => {
    let turns = 0;
    const count = setInterval(() => (turns += 1), 0);
    onTestFinished(() => clearInterval(count));
    const refusing: Store = {
      read: () => Promise.resolve(undefined),
      compareAndSet: () => Promise.resolve(false),
    };
    await expect(cellOver(refusing, false).cell.update(touch)).rejects.toMatchObject({
      code: 'ERR_STATE_UNWRITABLE',
    });
    expect(turns).toBeGreaterThan(0);
  });

  it('keeps the last state that it knew when a write fails later, and writes again when it can', async () => {
    const memory = createMemoryStore();
    let broken = false;
    const full = (): Promise<never> => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    const { cell, failures } = cellOver({
      read: () => memory.read(),
      compareAndSet: (expected, next) => (broken ? full() : memory.compareAndSet(expected, next)),
    });
    await cell.update((state) => ({ ...state, requests: [start], due: 5 }));
    broken = true;
    // From here on it is planned by other rules.
    expect(await cell.update(touch)).toMatchObject({ requests: [start], features: ['sso'], due: null });
    expect(cell.isLasting()).toBe(false);
    expect(new Set(failures)).toEqual(new Set(['unwritten ENOSPC']));
    broken = false;
    await cell.update((state) => ({ ...state, due: 7 }));
    expect(cell.isLasting()).toBe(true);
    expect(await memory.read()).toContain('"features":["sso"]');
  });

  it('takes what another process wrote while it could not', async () => {
    const memory = createMemoryStore();
    let broken = true;
    const full = (): Promise<never> => Promise.reject(Object.assign(new Error('full'), { code: 'EROFS' }));
    const { cell } = cellOver({
      read: () => memory.read(),
      compareAndSet: (expected, next) => (broken ? full() : memory.compareAndSet(expected, next)),
    });
    await cell.update(touch);
    broken = false;
    const off = { mode: 'off', endpoint: null, fields: null } as const;
    await cellOver(memory).cell.update((state) => ({ ...state, choice: off }));
    expect(await cell.read()).toMatchObject({ choice: off, features: [] });
    expect(cell.isLasting()).toBe(true);
  });

  it('leaves the failure of a shared store to the caller, and uses the store again when it is back', async () => {
    const memory = createMemoryStore();
    let broken = true;
    const { cell } = cellOver(
      { ...memory, read: () => (broken ? Promise.reject(new Error('s3cret')) : memory.read()) },
      false,
    );
    await expect(cell.update(touch)).rejects.toMatchObject({ code: 'ERR_STATE_UNREADABLE' });
    await expect(cell.update(touch)).rejects.not.toThrow(/s3cret/);
    broken = false;
    await cell.update(touch);
    expect(await memory.read()).toContain('sso');
  });
});
