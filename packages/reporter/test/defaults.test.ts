import { isAbsolute, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReporterOptions } from '../src/index.js';
import { createCore } from '../src/run/core.js';
import { defaultSchedule } from '../src/schedule/schedule.js';
import { defaultDirectory } from '../src/state/default-directory.js';
import { initialState } from '../src/state/state.js';
import { day, minute, reporterOptions, stillClock } from './support/harness.js';
import { scene } from './support/scene.js';

describe('what createReporter takes by default', () => {
  it.each<[string, Partial<ReporterOptions>, string]>([
    ['DO_NOT_TRACK', { env: { DO_NOT_TRACK: '1' }, force: true }, 'off, DO_NOT_TRACK'],
    ['continuous integration', { env: { CI: 'true' } }, 'off, continuous integration'],
    ['continuous integration, forced', { env: { CI: 'true' }, force: true }, 'on, configuration'],
    ['a development version', { version: '0.0.0-dev' }, 'local, development version'],
    ['a development version, forced', { version: 'dev', force: true }, 'on, configuration'],
  ])('minds %s', async (_name, more, expected) => {
    const { open } = await scene();
    const { mode, decidedBy } = await open(more).status();
    expect(`${mode}, ${decidedBy}`).toBe(expected);
  });

  it('is ten minutes and a day, ± a tenth; ten seconds to connect, thirty in all', () => {
    const { schedule, requestSettings, machine } = createCore(
      reporterOptions('https://usage.example/', '/nonexistent'),
    );
    expect(schedule).toMatchObject({ first: 10 * minute, interval: day, jitter: 0.1 });
    expect(defaultSchedule.watch).toBe(minute);
    const state = initialState(stillClock(0));
    expect(requestSettings.timeouts).toEqual({ connect: 10_000, total: 30_000 });
    expect(machine(state).lease).toBe(60_000);
  });

  it.each<[NodeJS.Platform, ReporterOptions['env'], string]>([
    ['linux', { HOME: '/home/ann' }, '/home/ann/.local/state/gateway/usage'],
    ['linux', { HOME: '/home/ann', XDG_STATE_HOME: '/state' }, '/state/gateway/usage'],
    [
      'linux',
      { HOME: '/root', STATE_DIRECTORY: '/var/lib/gateway:/other' },
      '/var/lib/gateway/gateway/usage',
    ],
    ['darwin', { HOME: '/Users/ann' }, '/Users/ann/Library/Application Support/gateway/usage'],
    ['win32', { LOCALAPPDATA: 'C:/local' }, 'C:\\local\\gateway\\usage'],
  ])('is the place for state of %s: %j', (platform, env, expected) => {
    expect(defaultDirectory({ product: 'gateway', env }, platform)).toBe(expected);
  });
});

describe('instances of a product', () => {
  it('have directories of their own where they are named', () => {
    const at = (instance?: string): string | undefined =>
      defaultDirectory({ product: 'gateway', env: { HOME: '/home/ann' }, instance }, 'linux');
    expect(at()).toBe('/home/ann/.local/state/gateway/usage');
    expect(at('blue')).toBe('/home/ann/.local/state/gateway/usage/blue');
  });

  it('stay where they were when the program changes its working directory', () => {
    const { directory } = createCore(reporterOptions('https://usage.example/', 'usage'));
    const before = process.cwd();
    process.chdir('/');
    try {
      expect(directory()).toBe(join(before, 'usage'));
    } finally {
      process.chdir(before);
    }
  });

  it('never keep a state in the working directory', () => {
    for (const HOME of ['', 'home', './home']) {
      const directory = defaultDirectory({ product: 'gateway', env: { HOME } }, 'linux');
      if (directory !== undefined) expect(isAbsolute(directory)).toBe(true);
    }
  });
});
