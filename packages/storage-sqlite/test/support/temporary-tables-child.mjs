import { readdirSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openDatabase, prepareDatabase } from '../../dist/open.js';

// Fills a temporary table of a database, first within its memory and then beyond; prints what was in the folder as JSON.
// In a process of its own, since the first database of a process chooses the folder for all of them.
const folder = process.argv[2];
const path = join(folder, 'reports.db');
await prepareDatabase(path);
const sql = await openDatabase(path);

/** Counts the files without a name that this process has open in the folder. */
function unnamedFiles() {
  return readdirSync('/proc/self/fd').filter((name) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${name}`);
      return dirname(target) === folder && target.endsWith(' (deleted)');
    } catch {
      return false;
    }
  }).length;
}

function fill() {
  sql.run(
    `WITH RECURSIVE number (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM number WHERE at < 20000)
     INSERT INTO temp.seen SELECT 1, randomblob(16), 1 FROM number`,
  );
}

fill();
const within = unnamedFiles();
const { cache_size: memory } = sql.get('PRAGMA temp.cache_size');
sql.run('PRAGMA temp.cache_size = 10');
fill();
const beyond = unnamedFiles();
const { ids } = sql.get('SELECT count(*) AS ids FROM temp.seen');
const named = readdirSync(folder).filter((name) => !name.startsWith('reports.db'));
sql.database.close();
console.log(JSON.stringify({ within, memory, beyond, ids, named }));
