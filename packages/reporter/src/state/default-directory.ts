import { homedir, userInfo } from 'node:os';
import { posix, win32 } from 'node:path';
import type { ReporterOptions } from '../reporter-options.js';

type Environment = ReporterOptions['env'];

/**
 * Returns the platform's directory for a program's state: systemd's `STATE_DIRECTORY`, else the XDG state home (Linux),
 * `Library/Application Support` (macOS) or `LOCALAPPDATA` (Windows), with a subdirectory for the product and, if named,
 * the instance. Returns undefined if there is none. Relative paths in the environment are ignored, as the XDG
 * specification says.
 */
export function defaultDirectory(
  { product, instance, env }: Pick<ReporterOptions, 'product' | 'instance' | 'env'>,
  platform: NodeJS.Platform,
): string | undefined {
  const { isAbsolute, join } = platform === 'win32' ? win32 : posix;
  const absolute = (path: string | undefined): string | undefined =>
    path !== undefined && isAbsolute(path) ? path : undefined;
  const below = (path: string | undefined, ...parts: string[]): string | undefined =>
    path === undefined ? undefined : join(path, ...parts);
  return below(base(), product, 'usage', ...(instance === undefined ? [] : [instance]));

  function base(): string | undefined {
    const given = absolute(env.STATE_DIRECTORY?.split(platform === 'win32' ? ';' : ':')[0]);
    if (given !== undefined) return given;
    if (platform === 'win32') return absolute(env.LOCALAPPDATA) ?? below(home(), 'AppData', 'Local');
    if (platform === 'darwin') return below(home(), 'Library', 'Application Support');
    return absolute(env.XDG_STATE_HOME) ?? below(home(), '.local', 'state');
  }

  function home(): string | undefined {
    return absolute(platform === 'win32' ? env.USERPROFILE : env.HOME) ?? absolute(ownHome(env));
  }
}

/** Returns the home directory from the user database. Node throws if the user is not in it. */
function ownHome(env: Environment): string | undefined {
  try {
    // `homedir` would return an empty `HOME`.
    return env.HOME === '' ? userInfo().homedir : homedir();
  } catch {
    return undefined;
  }
}
