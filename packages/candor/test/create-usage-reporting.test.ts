import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createVerifier } from '@candor/anonymizer';
import { parseReport, type Report, reportDocument } from '@candor/protocol';
import { fields } from '@candor/schema';
import { startCollector, temporaryDirectory } from '@candor/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createUsageReporting, type UsageEvent, type UsageReporting } from '../src/index.js';
import { hashConfiguration } from '../src/report/hash-configuration.js';
import { reportNode } from '../src/report/report-node.js';
import { createUntyped, hostOptions, nextEvent, schema, sendOne } from './support/host.js';

const anonymized = { port: 8080, note: 'fast', secret: 'xxxx', sites: { key1: { tls: true, key: 'xxxx' } } };

async function previewOf(usage: Pick<UsageReporting, 'preview'>): Promise<Report> {
  return JSON.parse(new TextDecoder().decode(await usage.preview())) as Report;
}

/** Options of a host that reports nowhere and keeps nothing. */
function still(): ReturnType<typeof hostOptions> {
  return hostOptions('https://usage.example/v1/reports', {
    read: () => Promise.resolve(undefined),
    compareAndSet: () => Promise.resolve(false),
  });
}

describe('createUsageReporting', () => {
  it('sends the bytes that it previewed: an anonymized report that a collector takes', async () => {
    const collector = await startCollector();
    const usage = createUsageReporting(hostOptions(collector.url, await temporaryDirectory()));
    const preview = new TextDecoder().decode(await usage.preview());
    const sent = await sendOne(usage, collector);
    expect(sent).toBe(preview);
    const { report } = parseReport(JSON.parse(sent));
    expect(report?.configuration).toEqual(anonymized);
    expect(report?.fields).toBe(fields(schema).digest);
  });

  it('reports what was written, and hashes what is in effect', async () => {
    const effective = { port: 8080, note: 'default' };
    const of = (written: object, report?: 'effective'): Promise<Report> =>
      previewOf(createUsageReporting({ ...still(), config: () => ({ written, effective }), report }));
    expect((await of({ port: 8080 })).configuration).toEqual({ port: 8080 });
    expect((await of({ port: 8080 }, 'effective')).configuration).toEqual(effective);
  });

  it('hashes what is in effect, however it was written', async () => {
    let config = { written: {}, effective: { port: 8080 } };
    const usage = createUsageReporting({ ...still(), config: () => config });
    const first = await previewOf(usage);
    config = { written: { port: 8080 }, effective: { port: 8080 } };
    const same = await previewOf(usage);
    expect(same.configuration).not.toEqual(first.configuration);
    expect(same.hash).toBe(first.hash);
    config = { written: { port: 8080 }, effective: { port: 80 } };
    expect((await previewOf(usage)).hash).not.toBe(first.hash);
  });

  it('takes an object whose schema declares "written" as the configuration itself', async () => {
    const own = {
      type: 'object',
      export: true,
      properties: {
        written: { type: 'object', export: true, properties: {} },
        effective: { type: 'object', export: true, properties: {} },
      },
    };
    const config = { written: {}, effective: {} };
    const report = await previewOf(createUsageReporting({ ...still(), schema: own, config: () => config }));
    expect(report.configuration).toEqual(config);
  });

  it('puts facts and features under one field list with the configuration', async () => {
    const collector = await startCollector();
    const factsSchema = {
      type: 'object',
      export: true,
      properties: { cores: { type: 'integer', export: { bucket: [2, 8] } }, host: { type: 'string' } },
    } as const;
    const features = ['sso', 'backup'] as const;
    const usage = createUsageReporting({
      ...hostOptions(collector.url, await temporaryDirectory()),
      factsSchema,
      features,
    });
    usage.setFacts({ cores: 1, host: 'db-7.internal.example' });
    usage.setFacts({ cores: 4 });
    usage.markFeatureUsed('sso');
    const { report } = parseReport(JSON.parse(await sendOne(usage, collector)));
    if (report === undefined) throw new TypeError('expected a report');
    expect(report).toMatchObject({ facts: { cores: '2..8', host: 'xxxx' }, features: ['sso'] });
    const list = usage.fields();
    expect(list).toEqual(fields(reportNode({ schema, factsSchema, features })));
    expect(report.fields).toBe(list.digest);
    expect(createVerifier(list)(reportDocument(report))).toEqual({
      value: reportDocument(report),
      removed: [],
    });
  });

  it('asks again when a new version would let more shape leave: that a password is set, how many relays there are', async () => {
    const options = hostOptions('https://usage.example/', await temporaryDirectory());
    const before = createUsageReporting(options);
    await before.start();
    await before.stop();
    const properties = {
      ...schema.properties,
      password: { type: 'string' },
      relays: { type: 'array', items: { type: 'string' } },
    };
    const after = createUsageReporting({ ...options, schema: { ...schema, properties } });
    expect((await after.status()).newFields).toEqual([
      { path: 'password', exportedAs: 'whether it is set' },
      { path: 'relays', exportedAs: 'how many' },
    ]);
    expect(after.notice()).toMatch(
      /only its shape:\n[\s\S]* {2}password \(whether it is set\)\n {2}relays \(how many\)/,
    );
  });

  it('keeps what the operator denies', async () => {
    const collector = await startCollector();
    const usage = createUsageReporting({
      ...hostOptions(collector.url, await temporaryDirectory()),
      features: ['sso'],
      deny: ['port', 'sites.*', '$features'],
    });
    usage.markFeatureUsed('sso');
    const sent = JSON.parse(await sendOne(usage, collector)) as Report;
    expect(sent.configuration).toEqual({ note: 'fast', secret: 'xxxx', sites: {} });
    expect(sent.features).toBeUndefined();
    expect(usage.notice()).not.toMatch(/  port|sites\.\*|features/);
  });

  it('names what leaves and the ways to turn it off in its notice', () => {
    const ways = { file: 'usage.report', flag: '--usage.report', variable: 'GATEWAY_USAGE_REPORT' };
    const notice = createUsageReporting({ ...still(), consentSettings: ways, program: 'gw usage' }).notice();
    expect(notice).toMatch(/^ {2}port \(as it is\): The port\.$/m);
    for (const way of [...Object.values(ways), 'gw usage off', 'gw usage preview'])
      expect(notice).toContain(way);
  });

  it('refuses to start an undecided installation, and stays quiet where the host chose that', async () => {
    const undecided = createUsageReporting({ ...still(), consent: undefined });
    await expect(undecided.start()).rejects.toMatchObject({ code: 'ERR_CONSENT_REQUIRED' });
    expect(await undecided.command(['preview'])).toMatchObject({ code: 0 });
    const usage = createUsageReporting({ ...still(), consent: undefined, undecided: 'quiet' });
    expect(await usage.status()).toMatchObject({ mode: 'off', decidedBy: 'nobody' });
  });

  it('minds the environment of its process where the host gives none', async () => {
    const before = process.env.DO_NOT_TRACK;
    onTestFinished(() => {
      if (before === undefined) delete process.env.DO_NOT_TRACK;
      else process.env.DO_NOT_TRACK = before;
    });
    process.env.DO_NOT_TRACK = '1';
    const { env: _given, ...options } = still();
    expect(await createUsageReporting(options).status()).toMatchObject({
      mode: 'off',
      decidedBy: 'DO_NOT_TRACK',
    });
  });

  it.each([
    { features: ['single sign-on'] },
    { features: ['sso'], schema: true },
    { features: ['sso'], schema: { type: 'object', properties: { $features: {} } } },
  ])('refuses at creation: %j', (wrong) => {
    expect(() => createUsageReporting({ ...still(), ...wrong })).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION' }),
    );
  });

  it('opens nothing where it is off', async () => {
    const collector = await startCollector();
    const state = join(await temporaryDirectory(), 'state');
    const usage = createUsageReporting({
      ...hostOptions(collector.url, state),
      consent: false,
      features: ['sso'],
    });
    usage.markFeatureUsed('sso');
    await usage.start();
    await usage.stop();
    await expect(readdir(state)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(collector.received).toEqual([]);
  });
});

describe('a host that makes mistakes', () => {
  const secret = 'hunter2-of-the-host';
  const broken: [string, () => unknown][] = [
    [
      'throws',
      () => {
        throw new Error(secret);
      },
    ],
    [
      'throws no error',
      () => {
        throw secret;
      },
    ],
    ['rejects', () => Promise.reject(Object.assign(new Error(secret), { code: secret }))],
    ['returns text', () => secret],
    ['returns nothing', () => undefined],
    [
      'has a getter that throws',
      () => ({
        get port() {
          throw new Error(secret);
        },
      }),
    ],
    [
      'is a proxy that throws',
      () =>
        new Proxy(
          {},
          {
            get: (_, key) => {
              if (key === 'then') return undefined;
              throw new Error(secret);
            },
          },
        ),
    ],
    [
      'is revoked',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
    ['has a key that is no text', () => ({ '\ud800': 1 })],
    ['is nested too deep', () => JSON.parse('{"a":'.repeat(3000) + '1' + '}'.repeat(3000)) as unknown],
    [
      'refers to itself',
      () => {
        const own: Record<string, unknown> = {};
        own.port = own;
        return own;
      },
    ],
  ];

  const cases = broken.flatMap(([name, config]) =>
    [false, true].map((withFacts) => ({ name, config, withFacts })),
  );

  it.each(cases)(
    'is told when its configuration $name (facts: $withFacts)',
    async ({ config, withFacts }) => {
      const collector = await startCollector();
      const facts = {
        type: 'object',
        export: true,
        properties: { cores: { type: 'integer', export: true } },
      };
      const usage = createUntyped({
        ...hostOptions(collector.url, await temporaryDirectory()),
        config,
        ...(withFacts && { factsSchema: facts }),
      });
      if (withFacts) usage.setFacts({ cores: 4 });
      const events: UsageEvent[] = [];
      usage.subscribe((event) => events.push(event));
      const dropped = nextEvent(usage, 'dropped');
      await usage.start();
      await dropped;
      const failure: unknown = await usage.preview().catch((error: unknown) => error);
      const shown = await usage.command(['preview', '--explain']);
      await usage.stop();
      expect(failure).toMatchObject({ code: 'ERR_REPORT_INVALID' });
      expect(collector.received).toEqual([]);
      expect(events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'WARN_CONTENT' }));
      const { message, stack, cause } = failure as Error;
      expect(JSON.stringify([events, shown, message, stack, String(cause)])).not.toContain(secret);
    },
  );

  it('may hold what JSON does not know', async () => {
    const config = {
      port: 8080,
      big: 2n ** 70n,
      when: new Date(0),
      run: () => 1,
      half: '\ud800',
      not: Number.NaN,
      none: undefined,
    };
    const report = await previewOf(createUsageReporting({ ...still(), config: () => config }));
    expect(report.configuration).toEqual({ port: 8080 });
    const same = {
      port: 8080,
      big: '1180591620717411303424',
      when: '1970-01-01T00:00:00.000Z',
      half: '\ufffd',
      not: null,
    };
    const hash = async (value: object): Promise<string> => {
      const { hash } = await hashConfiguration(value, {
        key: new Uint8Array(32),
        comparisonKey: new Uint8Array(32),
      });
      return hash;
    };
    expect(await hash(config)).toBe(await hash(same));
    expect(await hash(config)).not.toBe(await hash({ ...same, port: 80 }));
  });

  it('is told once of features and facts that are not declared, and they are left out', async () => {
    const events: UsageEvent[] = [];
    const usage = createUntyped({ ...still(), features: ['sso'] });
    usage.subscribe((event) => events.push(event));
    for (const feature of ['backup', 'toString', undefined]) usage.markFeatureUsed(feature as 'sso');
    usage.setFacts({ cores: 4 });
    usage.setFacts({
      get cores() {
        throw new Error(secret);
      },
    });
    usage.setFacts(undefined as never);
    expect(events.map((event) => event.type === 'warning' && event.code)).toEqual([
      'WARN_FEATURE',
      'WARN_FACTS',
    ]);
    const report = await previewOf(usage);
    expect(report).not.toHaveProperty('facts');
    expect(report).not.toHaveProperty('features');
  });

  it('is told by position of deny patterns that match nothing', async () => {
    const usage = createUsageReporting({ ...still(), deny: ['port', 'prot'] });
    const warning = nextEvent(usage, 'warning');
    await usage.preview();
    expect(await warning).toMatchObject({
      code: 'WARN_DENY',
      message: 'deny[1]: no field of the schema matches',
    });
  });

  it('is told at once of a deny pattern that is no path, without quoting it', () => {
    const refusal = expect.objectContaining({
      code: 'ERR_OPTION',
      message: expect.stringMatching(/^deny\[1\]: expected a path(?!.*hunter2)/),
    });
    expect(() => createUsageReporting({ ...still(), deny: ['port', 'hunter2[0]'] })).toThrow(refusal);
  });

  it('hears nothing more, of the reporter neither, when it no longer listens', async () => {
    const usage = createUsageReporting({ ...still(), consent: 'off' });
    const heard: string[] = [];
    const end = usage.subscribe(({ type }) => heard.push(type));
    end();
    await usage.start();
    usage.markFeatureUsed('sso' as never);
    expect(heard).toEqual([]);
  });

  it('is not ended by a listener that throws', () => {
    const usage = createUsageReporting(still());
    const heard: string[] = [];
    usage.subscribe(() => {
      throw new Error(secret);
    });
    const end = usage.subscribe(({ type }) => heard.push(type));
    usage.markFeatureUsed('sso' as never);
    end();
    usage.setFacts({ cores: 4 } as never);
    expect(heard).toEqual(['warning']);
  });
});
