import { get } from 'node:http';
import type { Settings } from '../settings/read-settings.js';

/**
 * Asks the server with these settings on this machine whether it is ready, and prints why not. Exits with 1 if it is
 * not; for health checks.
 */
export async function ready({ listen }: Settings): Promise<void> {
  const target =
    'path' in listen
      ? { socketPath: listen.path, path: '/readyz' }
      : { host: listen.host === '0.0.0.0' ? '127.0.0.1' : listen.host, port: listen.port, path: '/readyz' };
  const problems = await new Promise<readonly string[]>((resolve) => {
    get({ ...target, timeout: 4_000 }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      // Also called if the response breaks off, which is then not complete.
      response.on('close', () => {
        resolve(response.complete && response.statusCode === 200 ? [] : problemsIn(body));
      });
    })
      .on('error', ({ code }: NodeJS.ErrnoException) => resolve([`No server answers (${code}).`]))
      .on('timeout', () => resolve(['No server answers within 4 seconds.']));
  });
  process.stdout.write(problems.length === 0 ? 'ready\n' : `not ready: ${problems.join(' ')}\n`);
  process.exit(problems.length === 0 ? 0 : 1);
}

function problemsIn(body: string): readonly string[] {
  try {
    const { problems } = JSON.parse(body) as { problems?: unknown };
    if (Array.isArray(problems) && problems.length > 0) return problems.map(String);
  } catch {
    // Another program listens at the address.
  }
  return ['What answers is no candor-server that is ready.'];
}
