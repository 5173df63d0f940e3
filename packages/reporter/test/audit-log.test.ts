import { appendFile, mkdir, readdir, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAuditLog } from '../src/audit-log.js';
import type { AuditEntry } from '../src/index.js';
import { temporaryDirectory } from '@candor/testing';

function entry(id: string, report?: AuditEntry['report']): AuditEntry {
  return { time: '2026-11-24T12:00:00.000Z', id, event: 'sending', report };
}

function unexpected(error: unknown): never {
  throw error;
}

describe('createAuditLog', () => {
  it('keeps entries as JSON lines that only this user reads', async () => {
    const directory = join(await temporaryDirectory(), 'usage');
    const path = join(directory, 'reports.jsonl');
    const log = createAuditLog({ path: () => path, onFailure: unexpected });
    expect(await log.read()).toEqual([]);
    await log.append(entry('a', { api: true }));
    await log.append(entry('b'));
    expect(await log.read()).toEqual([entry('a', { api: true }), entry('b')]);
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(3);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    await log.clear();
    await log.clear();
    expect(await readdir(directory)).toEqual([]);
  });

  it('stays within its bounds, the newest entries last', async () => {
    const path = join(await temporaryDirectory(), 'reports.jsonl');
    const limits = { entries: 20, bytes: 3000 };
    const log = createAuditLog({ path: () => path, limits, onFailure: unexpected });
    for (let index = 0; index < 50; index += 1) {
      await log.append(entry(String(index)));
      const entries = await log.read();
      expect(entries.length).toBeLessThanOrEqual(20);
      expect(entries.at(-1)?.id).toBe(String(index));
    }
    for (let index = 50; index < 60; index += 1) await log.append(entry(String(index), 'x'.repeat(900)));
    expect((await stat(path)).size).toBeLessThanOrEqual(3000);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await log.read()).at(-1)?.id).toBe('59');
  });

  it('clears what a killed process left, too', async () => {
    const directory = await temporaryDirectory();
    const path = join(directory, 'reports.jsonl');
    const log = createAuditLog({ path: () => path, onFailure: unexpected });
    await log.append(entry('a'));
    await writeFile(`${path}.killed.tmp`, '{"secret":"left over"}');
    await writeFile(join(directory, 'other.tmp'), 'somebody else’s');
    await log.clear();
    expect(await readdir(directory)).toEqual(['other.tmp']);
  });

  it('loses no entry behind a line that was cut short', async () => {
    const path = join(await temporaryDirectory(), 'reports.jsonl');
    const log = createAuditLog({ path: () => path, onFailure: unexpected });
    await log.append(entry('a'));
    await appendFile(path, '{"time":"2026-');
    await log.append(entry('b'));
    await log.append(entry('c'));
    expect((await log.read()).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('leaves out a line that was cut short', async () => {
    const path = join(await temporaryDirectory(), 'reports.jsonl');
    const log = createAuditLog({ path: () => path, onFailure: unexpected });
    await log.append(entry('a'));
    await appendFile(path, '{"time":"2026-\n');
    await log.append(entry('b'));
    expect((await log.read()).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('reads no more than its end where others made it huge, and bounds it at the next entry', async () => {
    const path = join(await temporaryDirectory(), 'reports.jsonl');
    const log = createAuditLog({ path: () => path, onFailure: unexpected });
    await log.append(entry('a'));
    await truncate(path, 5 * 2 ** 30);
    await appendFile(path, `\n${JSON.stringify(entry('b'))}\n`);
    expect((await log.read()).map(({ id }) => id)).toEqual(['b']);
    await log.append(entry('c'));
    expect((await log.read()).map(({ id }) => id)).toEqual(['b', 'c']);
    expect((await stat(path)).size).toBeLessThan(1000);
  });

  it('says that it cannot be read or removed, and goes on in memory, where a directory is in its place', async () => {
    const path = join(await temporaryDirectory(), 'reports.jsonl');
    await mkdir(path);
    const failures: unknown[] = [];
    const log = createAuditLog({ path: () => path, onFailure: (error) => failures.push(error) });
    const message = expect.stringContaining(path) as string;
    await expect(log.read()).rejects.toMatchObject({ code: 'ERR_LOG', message });
    await expect(log.clear()).rejects.toMatchObject({ code: 'ERR_LOG', message });
    await log.append(entry('a'));
    expect((await log.read()).map(({ id }) => id)).toEqual(['a']);
    expect(failures).toHaveLength(1);
  });

  it('is empty where its directory is below a file', async () => {
    const file = join(await temporaryDirectory(), 'file');
    await writeFile(file, '');
    const log = createAuditLog({ path: () => join(file, 'usage', 'reports.jsonl'), onFailure: unexpected });
    expect(await log.read()).toEqual([]);
    await log.clear();
  });

  it('goes on in memory, and says so once, where the file is a link', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'target'), '');
    await symlink(join(directory, 'target'), join(directory, 'reports.jsonl'));
    const failures: unknown[] = [];
    const log = createAuditLog({
      path: () => join(directory, 'reports.jsonl'),
      onFailure: (error) => failures.push(error),
    });
    await log.append(entry('a'));
    await log.append(entry('b'));
    expect((await log.read()).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(failures).toEqual([expect.objectContaining({ code: 'ELOOP' })]);
    expect(await readFile(join(directory, 'target'), 'utf8')).toBe('');
  });
});
