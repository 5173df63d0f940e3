import { spawnSync } from 'node:child_process';
import {
  appendFile,
  chmod,
  chown,
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
import fsPromises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFileStore } from '../src/state/file-store.js';
import { createStateCell } from '../src/state/state-cell.js';
import { initialState, type State } from '../src/state/state.js';
import { createMemoryStore } from '../src/state/memory-store.js';
import type { Store } from '../src/index.js';
import { temporaryDirectory } from '@candor/testing';
import { boundedStore } from '../src/state/bounded-store.js';
import { stillClock, testTime } from './support/harness.js';
import { canTest } from './support/needs.js';

const hasPipes = canTest(
  spawnSync('mkfifo', ['--version']).status === 0,
  'a pipe for a state: needs mkfifo(1)',
);
const isRoot = canTest(process.getuid?.() === 0, 'a state that another user owns: needs root');
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
        initial: () => initialState(stillClock(start)),
        onWritten: () => {},
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

describe.each(['EPERM', 'EOPNOTSUPP', 'ENOSYS', 'EACCES'])(
  'a file system without hard links (%s)',
  (code) => {
    /** Takes hard links away from this process, until the test ends. */
    function withoutLinks(): void {
      const { link } = fsPromises;
      fsPromises.link = () => Promise.reject(Object.assign(new Error('no links'), { code }));
      syncBuiltinESMExports();
      onTestFinished(() => {
        fsPromises.link = link;
        syncBuiltinESMExports();
      });
    }

    it('keeps the state, and sets only what is still as expected', async () => {
      withoutLinks();
      const directory = await temporaryDirectory();
      const store = createFileStore(directory);
      expect(await store.compareAndSet(undefined, 'a')).toBe(true);
      expect(await store.compareAndSet(undefined, 'b')).toBe(false);
      expect(await store.compareAndSet('a', 'b')).toBe(true);
      expect(await createFileStore(directory).read()).toBe('b');
      expect(await readFile(join(directory, 'state.1.json'), 'utf8')).toBe('');
    });

    it('goes on after a process that took a number and was killed', async () => {
      withoutLinks();
      const directory = await temporaryDirectory();
      const store = createFileStore(directory);
      await store.compareAndSet(undefined, 'a');
      await writeFile(join(directory, 'state.2.taken'), '');
      expect(await store.read()).toBe('a');
      expect(await store.compareAndSet('a', 'b')).toBe(true);
      expect(await store.read()).toBe('b');
    });

    it('loses no change of many at once', async () => {
      withoutLinks();
      const directory = await temporaryDirectory();
      const onFailure = (error: unknown): never => {
        throw error;
      };
      const cells = Array.from({ length: 5 }, () =>
        createStateCell({
          store: createFileStore(directory),
          fallback: false,
          initial: () => initialState(stillClock(start)),
          onWritten: () => {},
          onFailure,
        }),
      );
      await Promise.all(
        cells.map(async (cell, index) => {
          for (let round = 0; round < 4; round += 1) {
            await cell.update((state) => ({ ...state, features: [...state.features, `${index}.${round}`] }));
          }
        }),
      );
      expect(new Set((await cells[0]?.read())?.features).size).toBe(20);
    });
  },
);

describe('the state directory', () => {
  it.each([
    ['unknown to the file system', Object.assign(new Error('s3cret'), { code: 'EINVAL' }), true],
    ['not made by the runtime', new Error('Method not implemented.'), true],
    ['impossible for want of space', Object.assign(new Error('s3cret'), { code: 'ENOSPC' }), false],
    ['failing', Object.assign(new Error('s3cret'), { code: 'EIO' }), false],
  ])('where fsync is %s: %s', async (_name, failure, isKept) => {
    const directory = await temporaryDirectory();
    const probe = await open(join(directory, 'probe'), 'w');
    const handle = Object.getPrototypeOf(probe) as { sync: () => Promise<void> };
    await probe.close();
    const { sync } = handle;
    onTestFinished(() => void (handle.sync = sync));
    handle.sync = () => Promise.reject(failure);
    const written = createFileStore(directory).compareAndSet(undefined, 'a');
    if (isKept) expect(await written).toBe(true);
    else await expect(written).rejects.toBe(failure);
  });

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

  it.each([
    ['the directory can be written by others', 0o777, 0o600],
    ['the directory can be written by the group', 0o770, 0o600],
    ['the file can be written by others', 0o700, 0o606],
    ['the file can be written by the group', 0o700, 0o660],
  ])('is not believed where %s', async (_name, directoryMode, fileMode) => {
    const directory = join(await temporaryDirectory(), 'usage');
    const store = createFileStore(directory);
    await store.compareAndSet(undefined, 'a');
    await chmod(join(directory, 'state.1.json'), fileMode);
    await chmod(directory, directoryMode);
    const untrusted = { code: 'ERR_STATE_UNTRUSTED' };
    await expect(store.read()).rejects.toMatchObject(untrusted);
    await expect(store.compareAndSet('a', 'b')).rejects.toMatchObject(untrusted);
    await chmod(directory, 0o755);
    await chmod(join(directory, 'state.1.json'), 0o644);
    expect(await store.read()).toBe('a');
  });

  it.runIf(isRoot).each([
    ['directory', true],
    ['file', false],
  ])('is not believed where another user owns the %s', async (_name, isDirectory) => {
    const directory = join(await temporaryDirectory(), 'usage');
    const store = createFileStore(directory);
    await store.compareAndSet(undefined, 'a');
    await chown(isDirectory ? directory : join(directory, 'state.1.json'), 65_534, 65_534);
    await expect(store.read()).rejects.toMatchObject({ code: 'ERR_STATE_UNTRUSTED' });
  });

  it('takes a file that somebody else planted aside, where it is the operator who asks', async () => {
    const directory = join(await temporaryDirectory(), 'usage');
    const store = createFileStore(directory);
    await store.compareAndSet(undefined, 'planted');
    await chmod(join(directory, 'state.1.json'), 0o666);
    await store.reset('chosen');
    expect(await store.read()).toBe('chosen');
    expect(await readdir(directory)).toContain('state.damaged');
  });

  it('leaves no temporary file behind that a killed process has left', async () => {
    const directory = await temporaryDirectory();
    const store = createFileStore(directory);
    await writeFile(join(directory, 'state.killed.tmp'), 'a secret');
    await store.compareAndSet(undefined, 'a');
    expect(await readdir(directory)).toEqual(['state.1.json']);
    await writeFile(join(directory, 'state.killed.tmp'), 'a secret');
    await store.tidy();
    expect(await readdir(directory)).toEqual(['state.1.json']);
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

describe('boundedStore', () => {
  it('ends a call that never answers', async () => {
    const { timers, pass } = testTime(start);
    const never = (): Promise<never> => new Promise(() => {});
    const store = boundedStore({ read: never, compareAndSet: never, reset: never }, timers);
    const calls = [store.read(), store.compareAndSet(undefined, 'a'), store.reset?.('a')];
    const ended = Promise.allSettled(calls);
    await pass(10_000, () => true);
    for (const result of await ended) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'ERR_STATE_TIMEOUT' } });
    }
  });

  it('leaves no timer behind a call that answers', async () => {
    const { timers, armed } = testTime(start);
    const store = boundedStore(createMemoryStore('a'), timers);
    expect(await store.read()).toBe('a');
    expect(await store.compareAndSet('a', 'b')).toBe(true);
    expect(armed()).toBe(0);
  });
});
