import { get } from 'node:http';
import type { Settings } from '../settings/read-settings.js';

/** Asks the server of these settings on this machine whether it is ready. Ends with 1 when it is not; for health checks. */
export async function ready({ listen }: Settings): Promise<void> {
  const target =
    'path' in listen
      ? { socketPath: listen.path, path: '/readyz' }
      : { host: listen.host === '0.0.0.0' ? '127.0.0.1' : listen.host, port: listen.port, path: '/readyz' };
  const status = await new Promise<number>((resolve) => {
    get({ ...target, timeout: 4_000 }, (answer) => resolve(answer.resume().statusCode ?? 0))
      .on('error', () => resolve(0))
      .on('timeout', () => resolve(0));
  });
  process.stdout.write(status === 200 ? 'ready\n' : 'not ready\n');
  process.exit(status === 200 ? 0 : 1);
}
