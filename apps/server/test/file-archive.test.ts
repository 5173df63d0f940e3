import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PublicWeek } from '@candor/dashboard';
import { temporaryDirectory } from '@candor/testing';
import { expect, test } from 'vitest';
import { createFileArchive } from '../src/public/file-archive.js';

const firstDay = '2026-11-02';

function weekOf(installations: number): PublicWeek {
  return { firstDay, installations, tables: [], epsilonSpent: 1 };
}

test('keeps the first of weeks that are written at once, whole, and nothing beside it', async () => {
  const folder = await temporaryDirectory();
  const archive = createFileArchive(folder);
  await Promise.all([60, 61, 62].map((number) => archive.write('notes', firstDay, weekOf(number))));
  const kept = (await archive.read('notes')).get(firstDay);
  expect([60, 61, 62]).toContain(kept?.installations);
  await archive.write('notes', firstDay, weekOf(99));
  expect((await createFileArchive(folder).read('notes')).get(firstDay)).toEqual(kept);
  expect(await readdir(join(folder, 'notes'))).toEqual([`${firstDay}.json`]);
});

test('takes half a file that a crash left for no week', async () => {
  const folder = await temporaryDirectory();
  await mkdir(join(folder, 'notes'));
  await writeFile(join(folder, 'notes', `${firstDay}.json.0b7c`), '{"firstDay":"2026-');
  const archive = createFileArchive(folder);
  expect((await archive.read('notes')).size).toBe(0);
  await archive.write('notes', firstDay, null);
  expect([...(await archive.read('notes'))]).toEqual([[firstDay, null]]);
});
