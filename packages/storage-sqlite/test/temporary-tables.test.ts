import { readdirSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase, prepareDatabase } from '../src/open.js';
import { temporaryFolder } from './support/temporary-file.js';

/** Files without a name that this process has open in a folder. */
function unnamedFiles(folder: string): string[] {
  return readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${name}`);
      return dirname(target) === folder && target.endsWith(' (deleted)') ? [target] : [];
    } catch {
      return [];
    }
  });
}

it('keeps what temporary tables have beyond their memory in a file beside the database, which nobody can open', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'reports.db');
  await prepareDatabase(path);
  const sql = await openDatabase(path);
  const fill = (): number =>
    sql.run(
      `WITH RECURSIVE number (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM number WHERE at < 20000)
       INSERT INTO temp.seen SELECT 1, randomblob(16), 1 FROM number`,
    );
  fill();
  expect(unnamedFiles(folder)).toEqual([]);
  sql.run('PRAGMA temp.cache_size = 10');
  fill();
  expect(unnamedFiles(folder)).not.toEqual([]);
  expect(readdirSync(folder).filter((name) => !name.startsWith('reports.db'))).toEqual([]);
  expect(sql.get('SELECT count(*) AS ids FROM temp.seen')).toEqual({ ids: 40_000 });
  sql.database.close();
});
