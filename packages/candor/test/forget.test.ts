import { join } from 'node:path';
import { startCollector, temporaryDirectory } from '@candor/testing';
import { describe, expect, it } from 'vitest';
import { type HostTask, runHost, startRealCollector } from './support/operator-process.js';

async function newTask(endpoint: string): Promise<HostTask> {
  return { endpoint, state: join(await temporaryDirectory(), 'state') };
}

/** The output without the breaks that make it fit a terminal. */
function unbroken(output: string): string {
  return output.replaceAll(/\n +/g, ' ');
}

describe('forget', () => {
  it('erases the own reports at the collector, each once, and leaves those of others', async () => {
    const collector = await startRealCollector();
    const [own, other] = [await newTask(collector.url), await newTask(collector.url)];
    await runHost(own, 'report-now');
    await runHost(own, 'report-now');
    await runHost(other, 'report-now');
    expect(await collector.stored()).toBe(3);
    expect(await runHost(own, 'forget')).toEqual({
      code: 0,
      output: 'Erased at the collector: 2 reports.\n',
    });
    expect(await collector.stored()).toBe(1);
    const { output: log } = await runHost(own, 'log');
    expect(log.match(/forgotten/g)).toHaveLength(2);
    expect(await runHost(own, 'forget')).toEqual({
      code: 0,
      output: 'The log names no report that may be at a collector.\n',
    });
    expect((await runHost(own, 'status')).output).toMatch(/requests +2 of at most 12/);
  });

  it('works while reporting is off, at the endpoint that a report went to', async () => {
    const [collector, later] = [await startRealCollector(), await startRealCollector()];
    const task = await newTask(collector.url);
    await runHost(task, 'report-now');
    await runHost(task, 'endpoint', later.url);
    await runHost(task, 'report-now');
    await runHost(task, 'off');
    expect([await collector.stored(), await later.stored()]).toEqual([1, 1]);
    const off = { ...task, consent: 'off', env: { DO_NOT_TRACK: '1' } };
    expect(await runHost(off, 'forget')).toMatchObject({
      code: 0,
      output: expect.stringMatching('2 reports'),
    });
    expect([await collector.stored(), await later.stored()]).toEqual([0, 0]);
  });

  it('erases a report that was carried by hand', async () => {
    const collector = await startRealCollector();
    const task = await newTask(collector.url);
    const { output } = await runHost(task, 'export');
    const posted = await fetch(collector.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: output,
    });
    expect([posted.status, await collector.stored()]).toEqual([202, 1]);
    expect(await runHost(task, 'forget')).toMatchObject({ code: 0 });
    expect(await collector.stored()).toBe(0);
  });

  it('gives up a report that waits for another try, which would bring it back', async () => {
    const collector = await startCollector();
    collector.answer = (response) => void response.writeHead(503).end();
    const task = await newTask(collector.url);
    await runHost(task, 'report-now');
    const [sent] = collector.received;
    collector.answer = (response) => void response.writeHead(204).end();
    expect(await runHost(task, 'forget')).toMatchObject({
      code: 0,
      output: expect.stringMatching('1 report'),
    });
    const { output } = await runHost(task, 'preview', '--raw');
    const idOf = (text = ''): string => (JSON.parse(text) as { id: string }).id;
    expect(idOf(output)).not.toBe(idOf(sent?.text));
    expect((await runHost(task, 'status')).output).toContain('its erasure was asked for');
    const erasing = collector.received[1];
    expect(erasing?.headers.authorization).toMatch(/^Bearer [0-9a-f]{64}$/);
    expect(erasing?.text).toBe('');
    expect(erasing?.headers).not.toHaveProperty('content-type');
  });

  it.each([
    [200, 'did not say that it erased'],
    [401, 'does not take the secret'],
    [404, 'does not erase reports'],
    [407, 'proxy asked for a password'],
    [429, 'takes no more requests at present'],
    [503, 'not working at present'],
  ])('says what a response of %i means, and leaves the reports to the next time', async (status, words) => {
    const collector = await startCollector();
    const task = await newTask(collector.url);
    await runHost(task, 'report-now');
    await runHost(task, 'report-now');
    collector.answer = (response) => void response.writeHead(status).end();
    const { code, output } = await runHost(task, 'forget');
    expect(code).toBe(1);
    expect(output).toMatch(/^Erased at the collector: 0 reports\.\nStill to be erased: 2 reports\.\n/);
    expect(unbroken(output)).toContain(words);
    // Only what may differ between reports is asked for each of them.
    expect(collector.received).toHaveLength(status === 401 ? 4 : 3);
    collector.answer = (response) => void response.writeHead(204).end();
    expect(await runHost(task, 'forget')).toMatchObject({
      code: 0,
      output: expect.stringMatching('2 reports'),
    });
  });

  it('says that nothing listens at the endpoint', async () => {
    const collector = await startRealCollector();
    const task = await newTask(collector.url);
    await runHost(task, 'report-now');
    await runHost(task, 'endpoint', 'http://127.0.0.1:9/v1/reports');
    await runHost(task, 'report-now');
    const { code, output } = await runHost(task, 'forget');
    expect(code).toBe(1);
    expect(unbroken(output)).toContain(
      "http://127.0.0.1:9/v1/reports: Nothing listens at the collector's address",
    );
    expect(output).toContain('Still to be erased: 1 report.');
  });
});
