import { describe, expect, it } from 'vitest';
import {
  consentRequired,
  readConsent,
  resolveConsent,
  type ConsentFacts,
} from '../src/consent/resolve-consent.js';
import { isDevelopment, releaseOf } from '../src/consent/version.js';
import { createReporter, notice } from '../src/index.js';
import { reporterOptions } from './support/harness.js';

const ways = { file: 'usage.report', flag: '--usage.report', variable: 'GATEWAY_USAGE_REPORT' };

function resolve(facts: Partial<ConsentFacts>): string {
  const all = { configured: undefined, chosen: undefined, env: {}, version: '1.2.3', force: false, ...facts };
  const { mode, decidedBy } = resolveConsent(all);
  return `${mode}, ${decidedBy}`;
}

describe('resolveConsent', () => {
  it.each(['1', 'true', 'yes', 'TRUE', 'no', ' 1 '])(
    'is off under DO_NOT_TRACK=%s, whatever else says',
    (value) => {
      const env = { DO_NOT_TRACK: value };
      expect(resolve({ configured: 'on', chosen: 'on', force: true, env })).toBe('off, DO_NOT_TRACK');
    },
  );

  it.each(['', '0', 'false', 'False'])('takes no notice of DO_NOT_TRACK=%s', (value) => {
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

  it.each([{ CI: 'false', GITHUB_ACTIONS: 'true' }, { CI: '' }, { BUILD_ID: '3' }])(
    'does not take %j for continuous integration',
    (env) => {
      expect(resolve({ configured: 'on', env })).toBe('on, configuration');
    },
  );

  it.each(['dev', '0.0.0', '1.0.0-rc.1', 'v2.0.0-beta', '', '1.2', 'devel', '0.0.0+abc'])(
    'is local in the development version "%s" unless forced',
    (version) => {
      expect(resolve({ configured: 'on', version })).toBe('local, development version');
      expect(resolve({ configured: 'off', version })).toBe('off, configuration');
      expect(resolve({ configured: 'on', version, force: true })).toBe('on, configuration');
    },
  );

  it('lets the most private of configuration and operator hold', () => {
    expect(resolve({ configured: 'on', chosen: 'off' })).toBe('off, operator');
    expect(resolve({ configured: 'on', chosen: 'local' })).toBe('local, operator');
    expect(resolve({ configured: 'off', chosen: 'on' })).toBe('off, configuration');
    expect(resolve({ configured: 'local', chosen: 'on' })).toBe('local, configuration');
    expect(resolve({ chosen: 'on' })).toBe('on, operator');
    expect(resolve({})).toBe('off, nobody');
  });
});

describe('readConsent', () => {
  it('takes modes, true, false and nothing', () => {
    expect([true, false, 'on', 'local', 'off', undefined, null].map(readConsent)).toEqual([
      'on',
      'off',
      'on',
      'local',
      'off',
      undefined,
      undefined,
    ]);
  });

  it('refuses anything else without repeating it', () => {
    expect(() => readConsent('s3cret')).toThrow(expect.objectContaining({ code: 'ERR_CONSENT_INVALID' }));
    expect(() => readConsent('s3cret')).not.toThrow(/s3cret/);
  });
});

describe('an undecided reporter', () => {
  const options = reporterOptions('https://usage.example/v1/reports', '/nonexistent', {
    consentSettings: ways,
  });

  it('throws, naming the three ways to choose', () => {
    expect(() => createReporter({ ...options, consent: undefined })).toThrow(
      expect.objectContaining({ code: 'ERR_CONSENT_REQUIRED' }),
    );
    expect(() => createReporter({ ...options, consent: undefined, env: { CI: 'true' } })).toThrow(
      expect.objectContaining({ code: 'ERR_CONSENT_REQUIRED' }),
    );
    const { message } = consentRequired('gateway', ways);
    for (const way of Object.values(ways)) expect(message).toContain(way);
  });

  it('does not throw where the program chose to stay quiet, or DO_NOT_TRACK decided', () => {
    createReporter({ ...options, consent: null, undecided: 'quiet' });
    createReporter({ ...options, consent: undefined, env: { DO_NOT_TRACK: '1' } });
  });
});

describe('versions', () => {
  it('lose their v and build metadata', () => {
    expect(['v1.2.3', '1.2.3-rc.1+5', '1.2.3+build', 'dev'].map(releaseOf)).toEqual([
      '1.2.3',
      '1.2.3-rc.1',
      '1.2.3',
      '0.0.0-dev',
    ]);
    expect(isDevelopment('1.2.3+build-7')).toBe(false);
  });
});

describe('notice', () => {
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

      A report holds the version, an irreversible hash that is new each day, and of the configuration only:
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
