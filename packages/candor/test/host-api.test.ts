import { PassThrough } from 'node:stream';
import { startCollector, temporaryDirectory } from '@candor/testing';
import { describe, expect, it } from 'vitest';
import { createUsageReporting, type Terminal, type UsageReporting } from '../src/index.js';
import { hostOptions, nextEvent } from './support/host.js';

const facts = {
  type: 'object',
  export: true,
  properties: { cores: { type: 'integer', export: true }, os: { enum: ['linux', 'mac'], export: true } },
} as const;

async function options(): Promise<ReturnType<typeof hostOptions>> {
  return hostOptions((await startCollector()).url, await temporaryDirectory());
}

async function reportOf(usage: Pick<UsageReporting, 'preview'>): Promise<Record<string, unknown>> {
  return JSON.parse(new TextDecoder().decode(await usage.preview())) as Record<string, unknown>;
}

describe('facts', () => {
  it('are asked for at each report, and what was set is above them', async () => {
    let cores = 1;
    const usage = createUsageReporting({
      ...(await options()),
      factsSchema: facts,
      facts: async () => ({ cores: cores++, os: 'linux' as const }),
    });
    expect(await reportOf(usage)).toMatchObject({ facts: { cores: 1, os: 'linux' } });
    expect(await reportOf(usage)).toMatchObject({ facts: { cores: 2, os: 'linux' } });
    usage.setFacts({ os: 'mac' });
    expect(await reportOf(usage)).toMatchObject({ facts: { cores: 3, os: 'mac' } });
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('hunter2');
      },
    ],
    ['rejects', () => Promise.reject(new Error('hunter2'))],
    ['returns nothing', () => undefined as never],
    [
      'returns what cannot be read',
      () => ({
        get cores(): number {
          throw new Error('hunter2');
        },
      }),
    ],
  ] as [string, () => { cores: number }][])(
    'that are asked for in vain cost a warning and no report: %s',
    async (_, pull) => {
      const usage = createUsageReporting({ ...(await options()), factsSchema: facts, facts: pull });
      usage.setFacts({ os: 'mac' });
      const warning = nextEvent(usage as UsageReporting, 'warning');
      expect(await reportOf(usage)).toMatchObject({ facts: { os: 'mac' } });
      expect(await warning).toMatchObject({ code: 'WARN_FACTS' });
      expect(JSON.stringify(await warning)).not.toContain('hunter2');
    },
  );
});

describe('the host', () => {
  it('has each event in its log, as one line', async () => {
    const lines: unknown[][] = [];
    const usage = createUsageReporting({
      ...(await options()),
      logger: {
        info: (...line) => lines.push(['info', ...line]),
        warn: (...line) => lines.push(['warn', ...line]),
      },
    });
    const sent = nextEvent(usage as UsageReporting, 'sent');
    await usage.start();
    await sent;
    await usage.stop();
    usage.markFeatureUsed('sso' as never);
    expect(lines[0]).toEqual([
      'info',
      expect.stringMatching(/^usage reporting: the next report is planned for 20/),
    ]);
    expect(lines).toContainEqual([
      'info',
      expect.stringMatching(/^usage reporting: report \S+ was accepted \(202\)$/),
    ]);
    expect(lines.at(-1)).toEqual(['warn', expect.stringContaining('(WARN_FEATURE)')]);
  });

  it('ends reporting by a signal, by `await using`, and never begins with one that was given', async () => {
    const host = await options();
    const controller = new AbortController();
    const usage = createUsageReporting({ ...host, schedule: { first: 60_000 }, signal: controller.signal });
    await usage.start();
    expect((await usage.status()).next).not.toBeNull();
    controller.abort();
    const started: string[] = [];
    usage.subscribe(({ type }) => started.push(type));
    await usage.start();
    expect(started).toEqual([]);
    const other = createUsageReporting({ ...host, schedule: { first: 60_000 } });
    await other.start();
    await other[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
  });

  it('is told of its first run, once', async () => {
    const host = { ...(await options()), schedule: { first: 60_000 } };
    const usage = createUsageReporting(host);
    expect(await usage.isFirstRun()).toBe(true);
    await usage.start();
    expect(await usage.isFirstRun()).toBe(false);
    await usage.stop();
    expect(await createUsageReporting(host).isFirstRun()).toBe(false);
    expect(await createUsageReporting({ ...(await options()), consent: 'off' }).isFirstRun()).toBe(false);
    const undecided = { ...(await options()), consent: undefined };
    expect(await createUsageReporting(undecided).isFirstRun()).toBe(true);
  });

  it('acts for the operator', async () => {
    const usage = createUsageReporting({ ...(await options()), consent: undefined });
    await usage.setMode('local');
    await usage.setEndpoint('https://relay.example/v1/reports');
    await usage.accept();
    expect(await usage.status()).toMatchObject({
      mode: 'local',
      endpoint: 'https://relay.example/v1/reports',
    });
    expect(await usage.log()).toEqual([]);
    expect(usage.fields().fields.map(({ path }) => path)).toContain('port');
  });
});

describe('ask', () => {
  function terminal(isTTY = true): Terminal & { type(text: string): void; shown(): string } {
    const [input, output] = [new PassThrough(), new PassThrough()];
    return {
      input: Object.assign(input, { isTTY }),
      output: Object.assign(output, { isTTY }),
      type: (text) => void input.write(text),
      shown: () => String(output.read() ?? ''),
    };
  }

  it('shows the notice and a preview, and keeps what the person chooses', async () => {
    const usage = createUsageReporting({ ...(await options()), consent: undefined });
    const tty = terminal();
    const answer = usage.ask({ terminal: tty });
    tty.type('what?\np\nl\n');
    expect(await answer).toBe('local');
    const shown = tty.shown();
    expect(shown).toContain('gateway reports anonymous usage');
    expect(shown).toContain('"secret": "xxxx"');
    expect(shown.match(/Report anonymous usage\?/g)).toHaveLength(3);
    expect(await usage.status()).toMatchObject({ mode: 'local', decidedBy: 'operator' });
    expect(await usage.ask({ terminal: terminal() })).toBe('local');
  });

  it.each([
    ['y', 'on'],
    ['N', 'off'],
    [' yes ', 'on'],
  ])('takes %s for %s', async (typed, mode) => {
    const usage = createUsageReporting({ ...(await options()), consent: undefined });
    const tty = terminal();
    const answer = usage.ask({ terminal: tty });
    tty.type(`${typed}\n`);
    expect(await answer).toBe(mode);
  });

  it('leaves the choice open when no answer comes, and when the input ends', async () => {
    const usage = createUsageReporting({ ...(await options()), consent: undefined });
    expect(await usage.ask({ terminal: terminal(), timeout: 1 })).toBe('off');
    const tty = terminal();
    const answer = usage.ask({ terminal: tty });
    (tty.input as PassThrough).end();
    expect(await answer).toBe('off');
    expect((await usage.status()).decidedBy).toBe('nobody');
  });

  it('asks nobody without a terminal, in continuous integration, or where it is decided', async () => {
    const host = { ...(await options()), consent: undefined };
    for (const [given, isTTY] of [
      [host, false],
      [{ ...host, env: { CI: 'true', GITHUB_ACTIONS: 'true' } }, true],
      [{ ...host, env: { DO_NOT_TRACK: '1' } }, true],
      [{ ...host, consent: false }, true],
    ] as const) {
      const tty = terminal(isTTY);
      expect(await createUsageReporting(given).ask({ terminal: tty })).toBe('off');
      expect(tty.shown()).toBe('');
    }
  });
});
