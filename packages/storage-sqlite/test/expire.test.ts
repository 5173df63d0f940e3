import { readFileSync } from 'node:fs';
import { sampleContent, sampleDay, sampleRecord } from '@candor/storage/conformance';
import { expect, it } from 'vitest';
import { createSqliteStorage } from '../src/index.js';
import { temporaryFiles } from './support/temporary-file.js';

const newFile = temporaryFiles();

it('leaves no trace of expired contents, hashes and ids in the files', async () => {
  const path = newFile();
  const storage = await createSqliteStorage({ path });
  const fact = { path: 'log.level', value: 'fact-that-stays' };
  const content = { ...sampleContent([fact]), text: JSON.stringify('text-that-goes '.repeat(400)) };
  const record = sampleRecord(1, 0, { content });
  await storage.append([record, sampleRecord(2, 4)]);
  await storage.rollUp(sampleDay(4));

  const files = (): Buffer => Buffer.concat([readFileSync(path), readFileSync(`${path}-wal`)]);
  const traces = [
    'text-that-goes',
    Buffer.from(record.hash ?? '', 'hex'),
    Buffer.from(content.digest, 'hex'),
  ];
  traces.push(Buffer.from(record.id.replaceAll('-', ''), 'hex'));
  expect(traces.map((trace) => files().includes(trace))).toEqual([true, true, true, true]);

  expect(await storage.expire(sampleDay(3))).toBe(1);
  expect(traces.map((trace) => files().includes(trace))).toEqual([false, false, false, false]);
  expect(files().includes('fact-that-stays')).toBe(true);
  await storage.close();
});
