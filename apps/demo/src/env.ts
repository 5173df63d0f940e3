import { parseArgs } from 'node:util';
import { DemoError } from './demo-error.js';

/** The settings of the command line. */
export interface DemoSettings {
  /** True to exit when everything has been shown, instead of staying up. */
  readonly exit: boolean;
  /** About how many installations report each day. */
  readonly installations: number;
  readonly seed: number;
}

/** Reads the arguments of this process. Throws `ERR_OPTION`. */
export function readSettings(): DemoSettings {
  const { values } = parse(process.argv.slice(2));
  return {
    exit: values.exit,
    installations: whole(values.installations, 'installations', 1, 100_000),
    seed: whole(values.seed, 'seed', 0, 2 ** 31 - 1),
  };
}

/**
 * Returns the environment of the programs that the demo starts: only the path of this one, so that a `DO_NOT_TRACK`, a
 * proxy or continuous integration does not change what the demo shows.
 */
export function childEnvironment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? '', ...more };
}

function parse(args: string[]): { values: { exit: boolean; installations: string; seed: string } } {
  try {
    return parseArgs({
      args,
      options: {
        exit: { type: 'boolean', default: false },
        installations: { type: 'string', default: '500' },
        seed: { type: 'string', default: '20' },
      },
    });
  } catch (cause) {
    throw new DemoError('ERR_OPTION', 'Usage: npm run demo -- [--exit] [--installations <n>] [--seed <n>]', {
      cause,
    });
  }
}

function whole(text: string, name: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new DemoError('ERR_OPTION', `--${name} must be a whole number from ${least} to ${most}.`);
}
