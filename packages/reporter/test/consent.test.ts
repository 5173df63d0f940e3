import { join } from 'node:path';
import { temporaryDirectory } from '@candor/testing';
import vendors from 'ci-info/vendors.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { isContinuousIntegration } from '../src/consent/continuous-integration.js';
import { consentRequired } from '../src/consent/consent-required.js';
import { readConsent, resolveConsent, type ConsentFacts } from '../src/consent/resolve-consent.js';
import { readVersion } from '../src/consent/version.js';
import { createReporter, notice, type Mode, type Reporter, type ReporterOptions } from '../src/index.js';
import { reporterOptions } from './support/harness.js';

const ways = { file: 'usage.report', flag: '--usage.report', variable: 'GATEWAY_USAGE_REPORT' };

function resolve(facts: Partial<ConsentFacts>): string {
  const all = {
    configured: undefined,
    chosen: undefined,
    env: {},
    isDevelopment: false,
    force: false,
    isStateBelieved: true,
    ...facts,
  };
  const { mode, decidedBy } = resolveConsent(all);
  return `${mode}, ${decidedBy}`;
}

describe('resolveConsent', () => {
  it.each(['1', 'true', 'yes', 'TRUE', 'no', ' 1 ', '\n1'])(
    'is off under DO_NOT_TRACK=%s, whatever else says',
    (value) => {
      const env = { DO_NOT_TRACK: value };
      expect(resolve({ configured: 'on', chosen: 'on', force: true, env })).toBe('off, DO_NOT_TRACK');
    },
  );

  it.each(['', ' ', '0', ' 0 ', 'false', 'False'])('takes no notice of DO_NOT_TRACK=%s', (value) => {
    expect(resolve({ configured: 'on', env: { DO_NOT_TRACK: value } })).toBe('on, configuration');
  });

  it.each([
    { CI: 'true' },
    { CI: '1' },
    { GITHUB_ACTIONS: 'true' },
    { TF_BUILD: 'True' },
    { JENKINS_URL: 'x', BUILD_ID: '3' },
    { CI_NAME: 'codeship' },
  ])('is off in continuous integration (%j) unless forced', (env) => {
    expect(resolve({ configured: 'on', env })).toBe('off, continuous integration');
    expect(resolve({ configured: 'on', env, force: true })).toBe('on, configuration');
  });

  it.each([
    { CI: 'false', GITHUB_ACTIONS: 'true' },
    { CI: '0' },
    { CI: ' no\n', GITHUB_ACTIONS: 'true' },
    { CI: 'off', GITHUB_ACTIONS: 'true' },
    { CI: '' },
    { GITHUB_ACTIONS: '' },
    { BUILD_ID: '3' },
    { JENKINS_URL: 'x' },
    // Hosting platforms set these for the programs that they run.
    { RENDER: 'true' },
    { VERCEL: '1', NOW_BUILDER: '' },
    { NETLIFY: 'true' },
    { CF_PAGES: '1' },
    { NODE: '/app/.heroku/node/bin/node', DYNO: 'web.1' },
    { RAILWAY_ENVIRONMENT: 'production' },
    { FLY_APP_NAME: 'notes' },
    { KUBERNETES_SERVICE_HOST: '10.0.0.1' },
  ] as Record<string, string>[])('does not take %j for continuous integration', (env) => {
    expect(resolve({ configured: 'on', env })).toBe('on, configuration');
  });

  // They host programs, and set the same variables for those that they build and those that they run.
  const hosts = ['ALPIC', 'CLOUDFLARE_PAGES', 'HEROKU', 'NETLIFY', 'RELEASEHUB', 'RENDER', 'VERCEL'];

  it.each(vendors.filter(({ constant }) => !hosts.includes(constant)))(
    'knows a job of $name as ci-info does, by all of its variables together',
    ({ env }) => {
      const isTable = typeof env === 'object' && !Array.isArray(env);
      const entries = isTable ? Object.entries(env) : [env].flat().map((variable) => [variable, 'x']);
      const variables = entries.map(([variable, value]) => [String(variable), String(value)] as const);
      expect(isContinuousIntegration(Object.fromEntries(variables))).toBe(true);
      const others = variables.length > 1 ? variables.map(([variable]) => ({ [variable]: 'x' })) : [];
      expect(others.filter(isContinuousIntegration)).toEqual([]);
    },
  );

  it('is local in a development version unless forced', () => {
    const isDevelopment = true;
    expect(resolve({ configured: 'on', isDevelopment })).toBe('local, development version');
    expect(resolve({ configured: 'off', isDevelopment })).toBe('off, configuration');
    expect(resolve({ configured: 'on', isDevelopment, force: true })).toBe('on, configuration');
  });

  it('lifts one of the two rules where the host says which', () => {
    const both = { configured: 'on', isDevelopment: true, env: { CI: 'true' } } as const;
    expect(resolve({ ...both, force: 'continuous integration' })).toBe('local, development version');
    expect(resolve({ ...both, force: 'development version' })).toBe('off, continuous integration');
    expect(resolve({ ...both, force: true })).toBe('on, configuration');
    expect(resolve({ ...both, env: {}, force: 'development version' })).toBe('on, configuration');
  });

  it('is local at most where the kept state is not believed, since it may say no', () => {
    const isStateBelieved = false;
    expect(resolve({ configured: 'on', isStateBelieved })).toBe('local, unreadable state');
    expect(resolve({ configured: 'on', force: true, isStateBelieved })).toBe('local, unreadable state');
    expect(resolve({ chosen: 'local', isStateBelieved })).toBe('local, unreadable state');
    expect(resolve({ configured: 'off', isStateBelieved })).toBe('off, configuration');
    expect(resolve({ configured: 'on', chosen: 'off', isStateBelieved })).toBe('off, operator');
  });

  it('lets the most private of configuration and operator hold', () => {
    expect(resolve({ configured: 'on', chosen: 'off' })).toBe('off, operator');
    expect(resolve({ configured: 'on', chosen: 'local' })).toBe('local, operator');
    expect(resolve({ configured: 'local', chosen: 'local' })).toBe('local, configuration');
    expect(resolve({ configured: 'off', chosen: 'on' })).toBe('off, configuration');
    expect(resolve({ configured: 'local', chosen: 'on' })).toBe('local, configuration');
    expect(resolve({ chosen: 'on' })).toBe('on, operator');
    expect(resolve({})).toBe('off, nobody');
  });
});

describe('readConsent', () => {
  it.each([
    ['on', [true, 'on', 'true', 'TRUE', 'True', '1', 'yes', 'YES', ' true ', 'On']],
    ['local', ['local', 'LOCAL', ' Local']],
    ['off', [false, 'off', 'false', 'FALSE', 'False', '0', 'no', 'No', 'false\n', 'OFF']],
    [undefined, [undefined, null, '', ' ']],
  ])('reads %s from each of its spellings', (mode, spellings) => {
    for (const spelling of spellings) expect(readConsent(spelling)).toBe(mode);
  });

  it('refuses anything else without repeating it', () => {
    for (const value of ['s3cret', 'constructor', '2', 'truefalse', 1, 0, {}, ['on'], Symbol('on')]) {
      expect(() => readConsent(value)).toThrow(expect.objectContaining({ code: 'ERR_CONSENT_INVALID' }));
    }
    expect(() => readConsent('s3cret')).toThrow(
      /^consent: expected on, local, off, true or false, got another string$/,
    );
  });
});

describe('an undecided reporter', () => {
  const endpoint = 'https://usage.example/v1/reports';

  async function undecided(more: Partial<ReporterOptions> = {}): Promise<Reporter> {
    const directory = join(await temporaryDirectory(), 'usage');
    return createReporter(reporterOptions(endpoint, directory, { consent: undefined, ...more }));
  }

  it('can be looked at, and refuses to start', async () => {
    const reporter = await undecided();
    expect(await reporter.status()).toMatchObject({ mode: 'off', decidedBy: 'nobody', next: null });
    expect(new TextDecoder().decode(await reporter.preview())).toContain('"product":"gateway"');
    expect(await reporter.log()).toEqual([]);
    await expect(reporter.start()).rejects.toMatchObject({ code: 'ERR_CONSENT_REQUIRED' });
    await reporter.stop();
  });

  it.each([{ CI: 'true' }, { CI: 'false' }, {}])('refuses to start with the environment %j', async (env) => {
    await expect((await undecided({ env })).start()).rejects.toMatchObject({ code: 'ERR_CONSENT_REQUIRED' });
  });

  it.each<[Mode, string]>([
    ['on', 'on, operator'],
    ['local', 'local, operator'],
    ['off', 'off, operator'],
  ])('is decided by the command "%s", at the next start too', async (mode, expected) => {
    const chosen = await undecided();
    await chosen.setMode(mode);
    const { directory } = await chosen.status();
    const next = await undecided({ state: directory ?? '' });
    await next.start();
    const status = await next.status();
    expect(`${status.mode}, ${status.decidedBy}`).toBe(expected);
    await next.stop();
  });

  it.each<Partial<ReporterOptions>>([
    { undecided: 'quiet' },
    { env: { DO_NOT_TRACK: '1' } },
    { consent: 'false' },
  ])('starts with %j', async (more) => {
    const reporter = await undecided(more);
    await reporter.start();
    expect(await reporter.status()).toMatchObject({ mode: 'off' });
    await reporter.stop();
  });

  it('names the endpoint, the preview, and each way to choose by the settings of the host', () => {
    const request = { product: 'gateway', endpoint, program: 'gw usage', consentSettings: ways };
    expect(consentRequired(request)).toMatchObject({
      code: 'ERR_CONSENT_REQUIRED',
      message: [
        `gateway can report anonymous usage to ${endpoint}, and nobody has decided yet whether it may.`,
        'Look at the report first: gw usage preview',
        'Then choose on, local (reports are written to a file here, and not sent) or off:',
        '  by a command: gw usage on',
        '  in the configuration file: usage.report = true',
        '  by a flag: --usage.report=true',
        '  by an environment variable: GATEWAY_USAGE_REPORT=true',
        'Nothing was collected or sent.',
      ].join('\n'),
    });
  });

  it('names the option to pass where the host gave no settings', () => {
    const request = { product: 'gateway', endpoint, program: 'gateway usage', consentSettings: undefined };
    const { message } = consentRequired(request);
    expect(message).toContain('the option "consent"');
    expect(message).not.toMatch(/configuration file|by a flag|environment variable/);
  });
});

describe('readVersion', () => {
  it.each(['dev', 'DEV', 'unknown', '', ' ', '0.0.0', 'v0.0.0', '0.0.0+abc', '0.0.0-dev', '0.0.0-20261124'])(
    'takes %j for a version of development',
    (version) => {
      expect(readVersion(version).isDevelopment).toBe(true);
      expect(readVersion(version).text).toMatch(/^0\.0\.0/);
    },
  );

  it.each([
    '1.0.0-rc.1',
    '2.0.0-beta',
    '1.2',
    '1.4.0-1',
    '16.1.2-ee',
    '24.04.1',
    '0.0.1',
    '0.0.0.1',
    '1.3.0-dev',
  ])('takes %s as it is', (version) => {
    expect(readVersion(version)).toEqual({ text: version, isDevelopment: false });
  });

  it('takes those that the host names for development, too', () => {
    expect(readVersion('v1.3.0-dev', ['1.3.0-dev'])).toEqual({ text: '1.3.0-dev', isDevelopment: true });
    expect(readVersion('1.3.0', ['1.3.0-dev']).isDevelopment).toBe(false);
  });

  it.each(['10.0.0', '20.0.0.0', '0.0.07'])('takes %s for a release, not for 0.0.0', (version) => {
    expect(readVersion(version).isDevelopment).toBe(false);
  });

  it.each(['devel', '1.0 beta', 's3cret!', '9'.repeat(41), undefined, null, 1.4])('refuses %j', (version) => {
    expect(() => readVersion(version)).toThrow(expect.objectContaining({ code: 'ERR_VERSION_INVALID' }));
    const expected =
      typeof version === 'string'
        ? 'at most 40 letters, digits, ".", "-", "_" or "~", with a digit; or dev, unknown, or nothing'
        : `text, got ${typeof version}`;
    expect(() => readVersion(version)).toThrow(
      expect.objectContaining({ message: `version: expected ${expected}` }),
    );
    const options = reporterOptions('https://usage.example/', '/nonexistent');
    expect(() => createReporter({ ...options, version: version as string })).toThrow(
      expect.objectContaining({ code: 'ERR_VERSION_INVALID' }),
    );
  });
});

describe('wrong options', () => {
  const options = reporterOptions('https://usage.example/', '/nonexistent');

  it.each<[Record<string, unknown>, string]>([
    [{ conset: 'on' }, 'conset'],
    [{ schedule: '1d' }, 'schedule'],
    [{ schedule: { first: undefined } }, 'schedule.first'],
    [{ schedule: { first: Number.NaN } }, 'schedule.first'],
    [{ schedule: { first: '10m' } }, 'schedule.first'],
    [{ schedule: { first: -1 } }, 'schedule.first'],
    [{ schedule: { interval: 0 } }, 'schedule.interval'],
    [{ schedule: { interval: Number.POSITIVE_INFINITY } }, 'schedule.interval'],
    [{ schedule: { jitter: undefined } }, 'schedule.jitter'],
    [{ schedule: { jitter: 2 } }, 'schedule.jitter'],
    [{ schedule: { watch: 0 } }, 'schedule.watch'],
    [{ schedule: { frist: 1 } }, 'schedule.frist'],
    [{ timeouts: { total: 0 } }, 'timeouts.total'],
    [{ timeouts: { connect: '1s' } }, 'timeouts.connect'],
    [{ undecided: 'loud' }, 'undecided'],
    [{ force: 'yes' }, 'force'],
    [{ consentSettings: 'x' }, 'consentSettings'],
    [{ consentSettings: { file: 'a' } }, 'consentSettings'],
    [{ state: '' }, 'state'],
    [{ state: {} }, 'state'],
    [{ instance: '../x' }, 'instance'],
    [{ instance: '..' }, 'instance'],
    [{ log: 5 }, 'log'],
    [{ clock: {} }, 'clock'],
    [{ transport: 'post' }, 'transport'],
    [{ buildContent: undefined }, 'buildContent'],
    [{ env: undefined }, 'env'],
    [{ developmentVersions: 'dev' }, 'developmentVersions'],
  ])('%j throw at creation and are named', (wrong, name) => {
    const create = (): unknown => createReporter({ ...options, ...wrong });
    expect(create).toThrow(expect.objectContaining({ code: 'ERR_OPTION' }));
    expect(create).toThrow(new RegExp(`^${name.replace('.', '\\.')}: `));
  });

  it('may be left undefined', () => {
    createReporter({
      ...options,
      state: undefined,
      log: undefined,
      schedule: undefined,
      transport: undefined,
    });
  });
});

describe('notice', () => {
  it('names the shape that leaves of what is masked', () => {
    const shape = [{ path: 'relays', exportedAs: 'how many' }];
    const options = { product: 'gateway', endpoint: 'https://usage.example/', command: 'gateway usage' };
    expect(notice({ digest: 'd', fields: [], shape }, options)).toContain(
      'and of what is masked only its shape:\n  relays (how many)\n',
    );
  });

  it('says that nothing of the configuration is reported, and how to stop where the host has no settings', () => {
    const options = { product: 'gateway', endpoint: 'https://usage.example/', command: 'gateway usage' };
    const text = notice({ digest: 'd', fields: [] }, options);
    expect(text).toContain('and of the configuration only:\n  nothing\nAny other text is masked');
    expect(text).toContain(
      'Turn it off:\n  gateway usage off\n  or by the environment variable DO_NOT_TRACK=1\n',
    );
  });

  it('says what, how often, where to, how to look and how to stop', () => {
    const text = notice(
      {
        digest: 'd',
        fields: [{ path: 'api.port', exportedAs: 'in steps 10, 100', description: 'port of the API' }],
      },
      {
        product: 'gateway',
        endpoint: 'https://usage.example/v1/reports',
        consentSettings: ways,
        command: 'gateway usage',
      },
    );
    expect(text).toMatchInlineSnapshot(`
      "gateway reports anonymous usage once a day, first about ten minutes after its start, to
        https://usage.example/v1/reports

      A report says of itself:
        id: random, new for each report
        product, version: what runs here
        fields: which list of fields it was made under
        hash: of the configuration, under a random key that is thrown away: it can be compared with nothing
        changed: whether the configuration changed since the last report
        first: whether it is the first report of the day, the week and the month
        age: how long it has been running here, in five steps: a day, a week, a month, a year, longer
      and of the configuration only:
        api.port (in steps 10, 100): port of the API
      Any other text is masked, and no name, address or identifier of this installation is kept.

      Look at the next report: gateway usage preview
      Look at what was sent:   gateway usage log
      Turn it off:
        gateway usage off
        or in the configuration file: usage.report = false
        or by a flag: --usage.report=false
        or by an environment variable: GATEWAY_USAGE_REPORT=false, or DO_NOT_TRACK=1
      "
    `);
  });
});
