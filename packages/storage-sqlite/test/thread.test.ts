import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultRules } from '@candor/storage';
import { expect, it } from 'vitest';
import { startThread } from '../dist/thread.js';
import { temporaryFolder } from './support/temporary-file.js';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Runs a module that has a store, and returns what it prints. */
function printedBy(script: string): string {
  const start = `import { createSqliteStorage } from '@candor/storage-sqlite';
    import { sampleRecord } from '@candor/storage/conformance';
    const storage = await createSqliteStorage({ path: process.argv[1] });`;
  const path = join(temporaryFolder(), 'reports.db');
  return execFileSync(process.execPath, ['--input-type=module', '-e', `${start}${script}`, path], {
    cwd: here,
    encoding: 'utf8',
  });
}

it('holds a process open until what was asked of the store is done, and no longer', () => {
  expect(printedBy(`await storage.append([sampleRecord(1, 0)]); console.log('stored');`)).toBe('stored\n');
});

it('holds a process open until the store is closed', () => {
  expect(printedBy(`await storage.close(); console.log('closed');`)).toBe('closed\n');
});

it('fails what is asked of a thread that ends or has ended, instead of waiting for ever', async () => {
  const path = join(temporaryFolder(), 'reports.db');
  const thread = startThread({ path, rules: defaultRules, isFirst: true });
  await thread.call('open');
  const ended = {
    code: 'ERR_STORAGE_FAILED',
    message: 'The thread of the database has ended.',
  };
  const closed = thread.close();
  await Promise.all([closed, expect(thread.call('products')).rejects.toMatchObject({ code: ended.code })]);
  await expect(thread.call('products')).rejects.toMatchObject(ended);
  await thread.close();
});
