import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startCollector, temporaryDirectory, type TestCollector } from '@candor/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createUsageReporting, type CommandResult, type UsageReporting } from '../src/index.js';
import { operatorCommands } from '../src/operator/help.js';
import { hostOptions, sendOne } from './support/host.js';

describe('command', () => {
  let collector: TestCollector;
  let state: string;
  let usage: UsageReporting;
  const run = (...argv: string[]): Promise<CommandResult> => usage.command(argv);

  beforeEach(async () => {
    collector = await startCollector();
    state = join(await temporaryDirectory(), 'state');
    usage = createUsageReporting(hostOptions(collector.url, state));
  });

  it('shows the mode, what decided it, the endpoint, and the last and next report', async () => {
    const before = await run('status');
    expect(before.code).toBe(0);
    expect(before.output).toContain('gateway 1.2.3: anonymous usage is reported.');
    expect(before.output).toMatch(/mode +on, decided by the configuration/);
    expect(before.output).toContain(`${collector.url} (set by the configuration)`);
    expect(before.output).toMatch(/last report +none yet/);
    await sendOne(usage, collector);
    const after = await run('status');
    expect(after.output).toMatch(
      /last report +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\n +last result +The collector accepted the report\.\n +next report +\d{4}-\d\d-\d\d/,
    );
    expect(after.output).toMatch(/requests +1 of at most 12/);
  });

  it('previews for reading, as exact bytes, and explained; nothing is written', async () => {
    const raw = await run('preview', '--raw');
    expect(raw.output).toBe(new TextDecoder().decode(await usage.preview()));
    const shown = await run('preview');
    expect(JSON.parse(shown.output)).toEqual(JSON.parse(raw.output));
    expect(shown.output.split('\n').length).toBeGreaterThan(10);
    const explained = await run('preview', '--explain');
    expect(explained.output).toMatch(/^masked +secret +no tag -> "xxxx"$/m);
    expect(explained.output).toMatch(/^renamed +sites\.intranet +its key leaves as key1$/m);
    expect(explained.output).not.toContain('hunter2');
    await expect(readdir(state)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(collector.received).toEqual([]);
  });

  it('shows the log, short and whole', async () => {
    expect((await run('log')).output).toBe('No report was made yet.\n');
    const sent = await sendOne(usage, collector);
    const short = (await run('log')).output.trimEnd().split('\n');
    expect(short).toHaveLength(2);
    expect(short[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC {2}sending {4}[0-9a-f]{8} to http/);
    expect(short[1]).toMatch(/accepted {3}[0-9a-f]{8} \(202\)$/);
    const [first = ''] = (await run('log', '--json')).output.split('\n');
    expect(JSON.parse(first)).toMatchObject({ event: 'sending', report: JSON.parse(sent) });
  });

  it('keeps a choice over restarts, and the most private wish holds', async () => {
    expect(await run('off')).toMatchObject({ code: 0 });
    usage = createUsageReporting(hostOptions(collector.url, state));
    expect((await run('status')).output).toMatch(/mode +off, decided by your choice here/);
    expect((await run('local')).output).toContain('written to the log here, and not sent');
    expect(await run('on')).toMatchObject({ code: 0 });
    usage = createUsageReporting({ ...hostOptions(collector.url, state), consent: 'off' });
    const refused = await run('on');
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(
      /something more private holds[\s\S]+mode +off, decided by the configuration/,
    );
  });

  it('decides where nobody has, but not over DO_NOT_TRACK', async () => {
    const undecided = {
      ...hostOptions(collector.url, state),
      consent: undefined,
      undecided: 'quiet',
    } as const;
    usage = createUsageReporting(undecided);
    expect((await run('status')).output).toMatch(/mode +off, decided by nobody yet/);
    expect((await run('on')).output).toMatch(/mode +on, decided by your choice here/);
    usage = createUsageReporting({ ...undecided, env: { DO_NOT_TRACK: '1' } });
    expect(await run('on')).toMatchObject({ code: 1, output: expect.stringContaining('by DO_NOT_TRACK') });
  });

  it('shows and changes the endpoint', async () => {
    expect(await run('endpoint')).toEqual({ code: 0, output: `${collector.url}\n` });
    expect((await run('endpoint', 'https://relay.example/v1/reports')).output).toContain('relay.example');
    expect((await run('status')).output).toContain('(set by your choice here)');
    const refused = await run('endpoint', 'http://relay.example/');
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('expected https:') });
    expect((await run('endpoint', 'default')).output).toBe(`${collector.url}\n`);
  });

  it('takes a report out by hand, and sends it elsewhere', async () => {
    const { output } = await run('export');
    expect((await run('status')).output).not.toMatch(/last report +none yet/);
    const file = join(await temporaryDirectory(), 'report.json');
    await writeFile(file, output);
    expect(await run('send', file)).toEqual({ code: 0, output: 'Sent and accepted.\n' });
    expect(collector.received.map(({ text }) => text)).toEqual([output]);
    collector.answer = (response) => void response.writeHead(503).end();
    expect(await run('send', file)).toMatchObject({
      code: 1,
      output: expect.stringContaining('(503)') as string,
    });
    collector.answer = (response) => void response.writeHead(302, { location: collector.url }).end();
    expect(await run('send', file)).toMatchObject({
      code: 1,
      output: expect.stringContaining('(302)') as string,
    });
    expect((await run('send', join(file, 'nowhere'))).output).toBe(
      'gateway usage send: it failed (ENOTDIR)\n',
    );
    await writeFile(file, '{"secret":"hunter2"}');
    const refused = await run('send', file);
    expect(refused.code).toBe(1);
    expect(refused.output).not.toContain('hunter2');
  });

  it.each([
    ['a device without end', '/dev/zero', 'expected at most 262144 bytes'],
    ['a directory', '/', 'it failed (EISDIR)'],
    ['what is no report', 'other.json', 'report: expected no other keys'],
  ])('sends nothing of %s', async (_, name, words) => {
    const file = name.startsWith('/') ? name : join(await temporaryDirectory(), name);
    if (file !== name) await writeFile(file, '{"a":1}');
    const { code, output } = await run('send', file);
    expect(code).toBe(1);
    expect(output.replaceAll(/\s+/g, ' ')).toContain(words);
    // A person reads a few lines.
    expect(output.split('\n').length).toBeLessThan(8);
    expect(collector.received).toEqual([]);
  });

  it('says with a report that is made now that its log cannot be kept', async () => {
    await mkdir(join(state, 'reports.jsonl'), { recursive: true, mode: 0o700 });
    const { code, output } = await run('report-now');
    expect(code).toBe(0);
    expect(output).toMatch(/^Sent and accepted\.\nWarning: the audit log is kept in memory only/);
  });

  it('forgets the log and the times, and keeps the choice', async () => {
    await sendOne(usage, collector);
    await run('local');
    expect(await run('clean')).toMatchObject({ code: 0 });
    expect((await run('log')).output).toBe('No report was made yet.\n');
    expect((await run('status')).output).toMatch(/mode +local[\s\S]+last report +none yet/);
  });

  it('says that the log cannot be read, and neither that it is empty nor that all is forgotten', async () => {
    await mkdir(join(state, 'reports.jsonl'), { recursive: true, mode: 0o700 });
    for (const name of ['log', 'clean', 'forget']) {
      const { code, output } = await run(name);
      expect([name, code]).toEqual([name, 1]);
      expect(output.replaceAll(/\s+/g, ' ')).toMatch(
        /reports\.jsonl: the audit log cannot be (read|removed)/,
      );
    }
    const page = await usage.fetch(new Request('http://gateway/usage', { headers: { accept: 'text/html' } }));
    expect(page.status).toBe(200);
    expect(await page.text()).toContain(
      'the audit log cannot be read (reports.jsonl: expected a regular file)',
    );
  });

  it('warns no more of a state that a choice has replaced', async () => {
    await mkdir(join(state, 'state.1.json'), { recursive: true, mode: 0o700 });
    expect((await run('status')).output).toMatch(/warning +the kept state is not believed/);
    const { code, output } = await run('off');
    expect(code).toBe(0);
    expect(output).not.toContain('warning');
  });

  it('teaches: an overview, help for each command, the nearest name, and exit code 2', async () => {
    for (const argv of [[], ['help'], ['--help'], ['help', 'nonsense']]) {
      const { code, output } = await usage.command(argv);
      expect(code).toBe(0);
      for (const { name } of operatorCommands) expect(output).toContain(`  ${name}`);
    }
    for (const { name, summary } of operatorCommands) {
      expect((await run('help', name)).output).toBe((await run(name, '--help')).output);
      expect((await run(name, '-h')).output).toContain(summary);
    }
    for (const argv of [undefined, [5], [null], [{}], ['status', undefined]]) {
      expect(await usage.command(argv as string[])).toMatchObject({ code: 2 });
    }
    expect(await run('statsu')).toMatchObject({ code: 2, output: expect.stringContaining('mean "status"') });
    expect((await run('zzzzzzzz')).output).not.toContain('mean');
    for (const argv of [['status', 'more'], ['log', '--raw'], ['send'], ['preview', '--raw=hunter2']]) {
      const { code, output } = await usage.command(argv);
      expect(code).toBe(2);
      expect(output).not.toContain('hunter2');
    }
  });

  it('fits 80 columns', async () => {
    for (const argv of [
      ['help'],
      ...operatorCommands.map(({ name }) => ['help', name]),
      ['status'],
      ['doctor'],
      ['preview', '--explain'],
    ]) {
      const { output } = await usage.command(argv);
      for (const line of output.split('\n')) {
        // What cannot be broken, such as an address, may be longer.
        if (!line.includes(state)) expect(line.length, line).toBeLessThanOrEqual(80);
      }
    }
  });

  it('asks anew when the field list has grown, until someone says on', async () => {
    await sendOne(usage, collector);
    const more = { ...hostOptions(collector.url, state), features: ['sso'] };
    usage = createUsageReporting(more);
    const status = await run('status');
    expect(status.output).toContain('nothing is reported until you accept the new fields');
    expect(status.output).toMatch(/new field +\$features/);
    expect(status.output).toMatch(/one of sso/);
    expect(status.output).toMatch(/Accept .* field.*: gateway usage accept\n$/);
    const { newFields } = JSON.parse((await run('status', '--json')).output) as { newFields: unknown[] };
    expect(newFields).toContainEqual(expect.objectContaining({ exportedAs: 'one of sso' }));
    expect(await run('accept')).toMatchObject({ code: 0 });
    expect((await run('status')).output).not.toContain('new field');
    usage = createUsageReporting({ ...more, features: ['sso', 'backup'] });
    expect((await run('status')).output).toContain('new field');
    expect(await run('on')).toMatchObject({ code: 0 });
    expect((await run('status')).output).not.toContain('new field');
  });

  it('reports at once, and says what became of it and what to do', async () => {
    expect(await run('report-now')).toEqual({ code: 0, output: 'Sent and accepted.\n' });
    expect(collector.received).toHaveLength(1);
    await run('local');
    expect(await run('report-now')).toMatchObject({
      code: 0,
      output: expect.stringContaining('Written') as string,
    });
    await run('on');
    collector.answer = (response) => void response.writeHead(407).end();
    const { code, output } = await run('report-now');
    expect(code).toBe(1);
    expect(output).toMatch(/proxy|407/);
    expect((await run('status')).output).toContain('what to do');
  });

  it('sends to a relay in the open only where the operator says so', async () => {
    expect(await run('endpoint', 'http://collector.internal/v1/reports')).toMatchObject({ code: 1 });
    expect(await run('endpoint', 'http://collector.internal/v1/reports', '--insecure')).toMatchObject({
      code: 0,
    });
    expect((await run('status')).output).toMatch(/not\s+encrypted/);
  });
});
