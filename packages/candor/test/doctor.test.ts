import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startCollector, temporaryDirectory } from '@candor/testing';
import { describe, expect, it } from 'vitest';
import { type HostTask, runHost, startRealCollector } from './support/operator-process.js';

async function newTask(endpoint: string): Promise<HostTask> {
  return { endpoint, state: join(await temporaryDirectory(), 'state') };
}

/** Runs `doctor`; its lines are joined where they were broken for the terminal. */
async function examine(task: HostTask): Promise<{ code: number; output: string }> {
  const { code, output } = await runHost(task, 'doctor');
  return { code, output: output.replaceAll(/\n {21}/g, ' ') };
}

describe('doctor', () => {
  it('finds that all is well, without a report at the collector or in the log', async () => {
    const collector = await startRealCollector();
    const task = await newTask(collector.url);
    const { code, output } = await examine(task);
    expect(output).toMatch(/^gateway 1\.2\.3: all is well\.\n {2}mode +on, decided by the configuration\n/);
    for (const name of ['state', 'choice', 'report', 'proxy', 'name', 'connection', 'response']) {
      expect(output).toMatch(new RegExp(`^ {2}${name} +ok `, 'm'));
    }
    expect(code).toBe(0);
    expect(await collector.stored()).toBe(0);
    expect((await runHost(task, 'log')).output).toBe('No report was made yet.\n');
    const status = await runHost(task, 'status');
    expect(status.output).toMatch(/last report +none yet/);
    expect(status.output).toMatch(/requests +1 of at most 12/);
    // The report itself still goes as the first one.
    expect(await runHost(task, 'report-now')).toMatchObject({ code: 0 });
    expect(await collector.stored()).toBe(1);
  });

  it('says that the collector does not know the field list', async () => {
    const { code, output } = await examine(await newTask((await startRealCollector({ knows: false })).url));
    expect(code).toBe(1);
    expect(output).toMatch(/: 1 step fails\.\n/);
    expect(output).toMatch(/connection +ok/);
    expect(output).toMatch(
      /response +fails +The collector does not know this field list \(digest [0-9a-f]{64}\)\./,
    );
    expect(output).toContain('Its maintainer must register the field list');
  });

  it('says that the collector does not know the product', async () => {
    const task = await newTask((await startRealCollector()).url);
    const { code, output } = await examine({ ...task, product: 'notes' });
    expect(code).toBe(1);
    expect(output).toMatch(/response +fails +The collector does not know this product.*\(404\)/);
  });

  it.each([
    [202, 'does not know dry runs'],
    [302, 'address has moved'],
    [401, 'asked for permission'],
    [410, 'wants no more reports of this version'],
    [429, 'too much to do'],
    [503, 'not working at present'],
  ])('says what a response of %i means, and what to do', async (status, words) => {
    const collector = await startCollector();
    collector.answer = (response) => void response.writeHead(status).end();
    const { code, output } = await examine(await newTask(collector.url));
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`response +fails .*${words}.*\\(${status}\\).*\\.$`, 'm'));
    expect(collector.received).toHaveLength(1);
  });

  it.each([
    ['http://127.0.0.1:9/v1/reports', {}, 'connection', 'Nothing listens', ['proxy', 'name']],
    ['https://collector.invalid/v1/reports', {}, 'name', 'could not be looked up', ['proxy']],
    [
      'https://collector.invalid/v1/reports',
      { HTTPS_PROXY: 'http://127.0.0.1:9' },
      'proxy',
      'proxy could not be reached',
      [],
    ],
    ['https://collector.invalid/v1/reports', { ALL_PROXY: 'socks5://127.0.0.1:9' }, 'proxy', 'SOCKS', []],
  ])('names the step of the network that fails: %s %o', async (endpoint, env, failing, words, passing) => {
    const { code, output } = await examine({ ...(await newTask(endpoint)), env });
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`^ {2}${failing} +fails .*${words}`, 'm'));
    for (const name of passing) expect(output).toMatch(new RegExp(`^ {2}${name} +ok `, 'm'));
    expect(output).not.toMatch(/^ {2}response/m);
  });

  it('says that no encrypted connection can be made', async () => {
    const { url } = await startCollector();
    const { code, output } = await examine(await newTask(url.replace('http:', 'https:')));
    expect(code).toBe(1);
    expect(output).toMatch(/name +ok .*\n {2}connection +fails +No encrypted connection could be made/);
  });

  it.each(['off', 'local'])('tries nothing over the network while the mode is %s', async (mode) => {
    const collector = await startCollector();
    const task = await newTask(collector.url);
    await runHost(task, mode);
    const { code, output } = await examine(task);
    expect(code).toBe(0);
    expect(output).toMatch(/all is well[^]*state +ok[^]*choice +ok[^]*report +ok/);
    expect(output).toContain(`The mode is ${mode}: nothing is tried over the network.`);
    expect(output).not.toMatch(/^ {2}(proxy|name|connection|response)/m);
    expect(collector.received).toEqual([]);
  });

  it('asks for a choice where nobody made one, and shows the collector nothing', async () => {
    const collector = await startCollector();
    const { code, output } = await examine({ ...(await newTask(collector.url)), consent: null });
    expect(code).toBe(1);
    expect(output).toMatch(/choice +fails +Nobody has decided/);
    expect(collector.received).toEqual([]);
  });

  it('shows the collector no fields that nobody accepted', async () => {
    const collector = await startCollector();
    const task = await newTask(collector.url);
    await runHost(task, 'on');
    const { code, output } = await examine({ ...task, features: ['sso'] });
    expect(code).toBe(1);
    expect(output).toMatch(/choice +fails +There are new fields that nobody accepted yet: \d+\..*accept/);
    expect(collector.received).toEqual([]);
  });

  it('makes no request beyond the twelve of 24 hours', async () => {
    const collector = await startRealCollector();
    const task = await newTask(collector.url);
    for (let made = 0; made < 12; made += 1) expect((await examine(task)).code).toBe(0);
    const { code, output } = await examine(task);
    expect(code).toBe(1);
    expect(output).toMatch(/budget +fails +All 12 requests of 24 hours are used up.*minutes/);
  });

  it('says that the state is one that others could have written', async () => {
    const collector = await startCollector();
    const task = await newTask(collector.url);
    await mkdir(task.state, { mode: 0o700 });
    await runHost(task, 'on');
    await chmod(task.state, 0o777);
    const { code, output } = await examine(task);
    expect(code).toBe(1);
    expect(output).toMatch(
      /state +fails +The kept state cannot be read or trusted.*; use chmod go-w\. Repair that/,
    );
    expect(collector.received).toEqual([]);
  });

  it('says that nothing can be kept', async () => {
    const file = join(await temporaryDirectory(), 'file');
    const collector = await startCollector();
    await writeFile(file, 'mine');
    const { code, output } = await examine({ endpoint: collector.url, state: join(file, 'state') });
    expect(code).toBe(1);
    expect(output).toMatch(/state +fails/);
    expect(await readFile(file, 'utf8')).toBe('mine');
  });
});
