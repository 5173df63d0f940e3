import { spawnSync } from 'node:child_process';
import {
  appendFile,
  mkdir,
  open,
  readdir,
  readFile,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFileStore } from '../src/state/file-store.js';
import { createStateCell } from '../src/state/state-cell.js';
import { initialState, type State } from '../src/state/state.js';
import { createMemoryStore } from '../src/state/memory-store.js';
import type { Store } from '../src/index.js';
import { temporaryDirectory } from '@candor/testing';
import { canTest } from './support/needs.js';

const hasPipes = canTest(
  spawnSync('mkfifo', ['--version']).status === 0,
  'a pipe for a state: needs mkfifo(1)',
);
const start = Date.UTC(2026, 10, 24, 12);

describe.each([
  ['createFileStore', async () => createFileStore(join(await temporaryDirectory(), 'deep', 'usage'))],
  ['createMemoryStore', () => Promise.resolve(createMemoryStore())],
] as [string, () => Promise<Store>][])('%s', (_name, create) => {
  it('sets what is still as expected, and nothing else', async () => {
    const store = await create();
    expect(await store.read()).toBeUndefined();
    expect(await store.compareAndSet('a', 'b')).toBe(false);
    expect(await store.compareAndSet(undefined, 'a')).toBe(true);
    expect(await store.compareAndSet(undefined, 'b')).toBe(false);
    expect(await store.compareAndSet('a', 'b')).toBe(true);
    expect(await store.read()).toBe('b');
  });

  it('loses no change of many at once', async () => {
    const store = await create();
    const cells = Array.from({ length: 8 }, () =>
      createStateCell({
        store,
        fallback: false,
        initial: () => initialState(start),
        onFailure: (error) => {
          throw error;
        },
      }),
    );
    await Promise.all(
      cells.map(async (cell, index) => {
        for (let round = 0; round < 5; round += 1) {
          await cell.update((state) => ({ ...state, features: [...state.features, `${index}.${round}`] }));
        }
      }),
    );
    expect(new Set((await cells[0]?.read())?.features).size).toBe(40);
  });
});

describe('the state directory', () => {
  it('is made for this user alone, and so are its files', async () => {
    const directory = join(await temporaryDirectory(), 'usage');
    await createFileStore(directory).compareAndSet(undefined, 'a');
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect(await readdir(directory)).toEqual(['state.1.json']);
    expect((await stat(join(directory, 'state.1.json'))).mode & 0o777).toBe(0o600);
  });

  it('holds a text that is on the disk before its name, and the name before anyone is told', async () => {
    const directory = await temporaryDirectory();
    const probe = await open(join(directory, 'probe'), 'w');
    const handle = Object.getPrototypeOf(probe) as { sync: () => Promise<void> };
    await probe.close();
    const { sync } = handle;
    onTestFinished(() => void (handle.sync = sync));
    const namesWhenSynced: string[][] = [];
    handle.sync = async function (this: typeof probe): Promise<void> {
      const names = await readdir(directory);
      namesWhenSynced.push(names.filter((name) => name.startsWith('state.')).map((name) => name.slice(-4)));
      return sync.call(this);
    };
    await createFileStore(directory).compareAndSet(undefined, 'a');
    expect(namesWhenSynced).toEqual([['.tmp'], ['json']]);
  });

  it('is not made to look whether there is a state', async () => {
    const parent = await temporaryDirectory();
    expect(await createFileStore(join(parent, 'usage')).read()).toBeUndefined();
    expect(await readdir(parent)).toEqual([]);
  });

  it('keeps no text that was replaced, and no name for longer than ten minutes', async () => {
    const directory = await temporaryDirectory();
    const store = createFileStore(directory);
    await store.compareAndSet(undefined, 'first key');
    await store.compareAndSet('first key', 'second key');
    expect(await readFile(join(directory, 'state.1.json'), 'utf8')).toBe('');
    const past = new Date(Date.now() - 11 * 60_000);
    await utimes(join(directory, 'state.1.json'), past, past);
    await writeFile(join(directory, 'state.killed.tmp'), 'left over');
    await utimes(join(directory, 'state.killed.tmp'), past, past);
    await store.compareAndSet('second key', 'third key');
    expect((await readdir(directory)).toSorted()).toEqual(['state.2.json', 'state.3.json']);
    expect(await store.read()).toBe('third key');
  });

  it('refuses symbolic links, in its own place and in the files', async () => {
    const parent = await temporaryDirectory();
    const target = join(parent, 'target');
    await mkdir(target);
    await symlink(target, join(parent, 'usage'));
    const invalid = expect.objectContaining({ code: 'ERR_STATE_INVALID' });
    await expect(createFileStore(join(parent, 'usage')).read()).rejects.toEqual(invalid);
    await expect(createFileStore(join(parent, 'usage')).compareAndSet(undefined, 'a')).rejects.toEqual(
      invalid,
    );
    expect(await readdir(target)).toEqual([]);

    await writeFile(join(parent, 'secret'), 'not a state');
    await symlink(join(parent, 'secret'), join(target, 'state.1.json'));
    await expect(createFileStore(target).read()).rejects.toMatchObject({ code: 'ELOOP' });
  });

  it.runIf(hasPipes)('refuses a pipe, and does not wait for its other end', async () => {
    const directory = await temporaryDirectory();
    spawnSync('mkfifo', [join(directory, 'state.1.json')]);
    await expect(createFileStore(directory).read()).rejects.toMatchObject({ code: 'ERR_STATE_INVALID' });
  });
});

describe('createStateCell', () => {
  function cellOver(
    store: Store,
    fallback = true,
  ): { cell: ReturnType<typeof createStateCell>; failures: unknown[] } {
    const failures: unknown[] = [];
    const onFailure = (error: unknown): void => void failures.push(error);
    return {
      cell: createStateCell({ store, fallback, initial: () => initialState(start), onFailure }),
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
  ])('goes on in memory, and says so, when the state is %s', async (_name, damage) => {
    const directory = await temporaryDirectory();
    await cellOver(createFileStore(directory)).cell.update(touch);
    const file = join(directory, 'state.1.json');
    await damage(file);
    const before = await readFile(file);
    const { cell, failures } = cellOver(createFileStore(directory));
    expect((await cell.read()).features).toEqual([]);
    expect((await cell.update(touch))?.features).toEqual(['sso']);
    expect((await cell.read()).features).toEqual(['sso']);
    expect(cell.isLasting()).toBe(false);
    expect(failures).toEqual([expect.objectContaining({ code: 'ERR_STATE_INVALID' })]);
    // It may be a newer version's, or be needed to find out what happened.
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it('keeps the operator’s choice in a state that a newer version wrote', async () => {
    const directory = await temporaryDirectory();
    const off = { mode: 'off', endpoint: null, fields: ['api (as it is)'] } as const;
    await cellOver(createFileStore(directory)).cell.update((state) => ({ ...state, choice: off }));
    const file = join(directory, 'state.1.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"format":1', '"format":2,"new":true'));
    const { cell, failures } = cellOver(createFileStore(directory));
    expect((await cell.read()).choice).toEqual(off);
    expect(failures).toHaveLength(1);
  });

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

  it('keeps the last state that it knew when the store fails later', async () => {
    const memory = createMemoryStore();
    let broken = false;
    const { cell, failures } = cellOver({
      read: () => memory.read(),
      compareAndSet: (expected, next) =>
        broken ? Promise.reject(new Error('disk full')) : memory.compareAndSet(expected, next),
    });
    await cell.update((state) => ({ ...state, requests: [start] }));
    broken = true;
    expect((await cell.update(touch))?.requests).toEqual([start]);
    expect(failures).toHaveLength(1);
  });

  it('leaves the failure of a shared store to the caller, and uses the store again when it is back', async () => {
    const memory = createMemoryStore();
    let broken = true;
    const { cell } = cellOver(
      { ...memory, read: () => (broken ? Promise.reject(new Error('down')) : memory.read()) },
      false,
    );
    await expect(cell.update(touch)).rejects.toThrow('down');
    broken = false;
    await cell.update(touch);
    expect(await memory.read()).toContain('sso');
  });
});
