import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startCollector, temporaryDirectory } from '@candor/testing';
import { describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('support/operator.mjs', import.meta.url));

/** Runs one call in a process of its own; rejects where that ends with anything but 0, as an unsettled await does with 13. */
async function run(task: Readonly<Record<string, unknown>>): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, JSON.stringify(task)]);
  expect(stderr).toBe('');
  return stdout;
}

describe('an operator’s process', () => {
  it('ends with each call carried out, though nothing of the reporter holds a host', async () => {
    const collector = await startCollector();
    const directory = await temporaryDirectory();
    const task = { endpoint: collector.url, directory };
    expect(JSON.parse(await run({ ...task, call: 'reportNow' }))).toMatchObject({ result: 'accepted' });
    expect(collector.received).toHaveLength(1);
    const file = join(directory, 'report.json');
    await writeFile(file, await run({ ...task, call: 'export' }));
    expect(JSON.parse(await run({ ...task, call: 'send', file }))).toMatchObject({ result: 'accepted' });
    expect(collector.received).toHaveLength(2);
    for (const [call, ...args] of [
      ['setMode', 'local'],
      ['setMode', 'on'],
      ['setEndpoint', 'https://relay.example/v1/reports'],
      ['setEndpoint', null],
      ['accept'],
      ['stop'],
    ]) {
      expect(await run({ ...task, call, args })).toBe('null');
    }
    expect(JSON.parse(await run({ ...task, call: 'status' }))).toMatchObject({ requests: 2, mode: 'on' });
    expect(await run({ ...task, call: 'preview' })).toContain('"product":"gateway"');
    expect(JSON.parse(await run({ ...task, call: 'log' }))).toHaveLength(5);
    expect(await run({ ...task, call: 'clean' })).toBe('null');
    expect(await run({ ...task, call: 'log' })).toBe('[]');
  });

  it('waits for a collector that takes its time', async () => {
    const collector = await startCollector();
    collector.answer = (response) => void setTimeout(() => response.writeHead(503).end(), 500);
    const task = { endpoint: collector.url, directory: await temporaryDirectory() };
    expect(JSON.parse(await run({ ...task, call: 'reportNow' }))).toMatchObject({
      result: 'retrying',
      reason: '503',
    });
  });
});
