import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { sampleContent, sampleFact, sampleQuery, sampleRecord } from '@candor/storage/conformance';

// Fills a small file system and makes room; opens it while it is read-only and when it is writable again; prints what happened as JSON.
const folder = process.argv[2];
const ballast = `${folder}/ballast`;
writeFileSync(ballast, Buffer.alloc(3 * 1024 * 1024));
const storage = await createSqliteStorage({ path: `${folder}/reports.db` });
let acknowledged = 0;
let sent = 0;

/** Sends a batch and returns the code of its failure. */
async function send() {
  const batch = Array.from({ length: 50 }, () => {
    sent += 1;
    const facts = Array.from({ length: 20 }, (_, at) => sampleFact(`p${at}`, `${sent}.${at}`, true));
    return sampleRecord(sent, 0, { content: sampleContent(facts) });
  });
  try {
    await storage.append(batch);
    acknowledged += batch.length;
    return 'ok';
  } catch (error) {
    return error.code;
  }
}
const codeOf = (work) =>
  work.then(
    () => 'ok',
    (error) => error.code,
  );

const codes = {};
do codes.full = await send();
while (codes.full === 'ok');
codes.checkFull = await codeOf(storage.check());
rmSync(ballast);
codes.roomAgain = await send();
codes.checkRoom = await codeOf(storage.check());
const { periods } = await storage.count(sampleQuery());
await storage.close();
execFileSync('mount', ['-o', 'remount,ro', folder]);
codes.readOnly = await codeOf(createSqliteStorage({ path: `${folder}/reports.db` }));
execFileSync('mount', ['-o', 'remount,rw', folder]);
const again = await createSqliteStorage({ path: `${folder}/reports.db` });
codes.writableAgain = await codeOf(again.append([sampleRecord(sent + 1, 1)]));
await again.close();
console.log(JSON.stringify({ codes, acknowledged, stored: periods[0].total }));
