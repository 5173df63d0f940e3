import { spawnSync } from 'node:child_process';
import {
  chmod,
  chown,
  mkdir,
  open,
  readdir,
  readFile,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import fsPromises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFileStore } from '../src/state/file-store.js';
import { createStateCell } from '../src/state/state-cell.js';
import { initialState } from '../src/state/state.js';
import { createMemoryStore } from '../src/state/memory-store.js';
import type { Store } from '../src/index.js';
import { temporaryDirectory } from '@candor/testing';
import { stillClock } from './support/harness.js';
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
