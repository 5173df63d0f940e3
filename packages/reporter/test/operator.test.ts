import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hour, minute, reportsOf } from './support/harness.js';
import { scene } from './support/scene.js';

describe('the operator', () => {
  it('exports a report, which counts as accepted, and sends it elsewhere', async () => {
    const { collector, time, open } = await scene();
    const reporter = open();
    await reporter.start();
    const report = await reporter.export();
    await time.pass(hour);
    expect(collector.received).toHaveLength(0);
    expect(await reporter.status()).toMatchObject({ last: time.clock.now() - hour, pending: false });
    expect(await reporter.send(report)).toMatchObject({ result: 'accepted', reason: '202' });
    expect(JSON.stringify(reportsOf(collector)[0])).toBe(new TextDecoder().decode(report));
    expect((await reporter.log()).map(({ event }) => event)).toEqual(['exported', 'sending', 'accepted']);
  });

  it('sends nothing that is no report', async () => {
    const { collector, open } = await scene();
    for (const text of ['s3cret', '{"format":1}']) {
      const refused = open().send(new TextEncoder().encode(text));
      await expect(refused).rejects.toMatchObject({ code: 'ERR_REPORT_INVALID' });
      await expect(refused).rejects.not.toThrow(/s3cret/);
    }
    expect(collector.received).toHaveLength(0);
  });

  it.each([
    [202, 'accepted'],
    [503, 'retrying'],
  ])(
    'is told what became of a report (%i) that two processes send at the same moment',
    async (status, result) => {
      const { collector, open } = await scene();
      let answerAll = (): void => {};
      const held = new Promise<void>((resolve) => {
        answerAll = resolve;
      });
      collector.answer = (response) => void held.then(() => response.writeHead(status).end());
      const both = [open(), open()].map((reporter) => reporter.reportNow());
      await collector.reached(2);
      answerAll();
      expect(await Promise.all(both)).toMatchObject([{ result }, { result }]);
      expect(new Set(reportsOf(collector).map(({ id }) => id)).size).toBe(1);
    },
  );

  it('cleans what is kept, but not choices, and not the count of requests', async () => {
    const { directory, time, open } = await scene();
    const reporter = open();
    await reporter.start();
    await time.pass(10 * minute);
    await reporter.setMode('local');
    await reporter.clean();
    expect(await reporter.log()).toEqual([]);
    expect(await reporter.status()).toMatchObject({ mode: 'local', last: null, requests: 1 });
    const kept = await Promise.all(
      (await readdir(directory)).map((name) => readFile(join(directory, name), 'utf8')),
    );
    expect(kept.join('')).not.toContain('"digest":"');
  });

  it('cleans nothing where nothing is, and makes no directory for it', async () => {
    const { directory, open } = await scene({ consent: 'off' });
    await open().clean();
    await expect(readdir(directory)).rejects.toThrow('ENOENT');
  });

  it('finds no key in the state directory that made the hash of a report in its audit log', async () => {
    const { collector, directory, time, open } = await scene();
    await open().start();
    await time.pass(10 * minute);
    // The content of the harness reports its key as the hash.
    const key = reportsOf(collector)[0]?.hash ?? 'none';
    for (const name of await readdir(directory)) {
      if (name === 'reports.jsonl') continue;
      expect(await readFile(join(directory, name), 'utf8')).not.toContain(key);
    }
    const again = JSON.parse(new TextDecoder().decode(await open().preview())) as { hash: string };
    expect(again.hash).not.toBe(key);
  });
});
