import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where the platform keeps a program's state: systemd's `STATE_DIRECTORY`, else the XDG state home (Linux),
 * `Library/Application Support` (macOS), `LOCALAPPDATA` (Windows).
 */
export function defaultDirectory(product: string, env: Environment, platform: NodeJS.Platform): string {
  const given = env['STATE_DIRECTORY']?.split(':')[0];
  if (given !== undefined && given !== '') return join(given, 'usage');
  const home = env['HOME'] || homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', product, 'usage');
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local'), product, 'usage');
  }
  return join(env['XDG_STATE_HOME'] || join(home, '.local', 'state'), product, 'usage');
}
