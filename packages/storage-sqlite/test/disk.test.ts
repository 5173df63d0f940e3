import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from './support/temporary-file.js';

const canMount = spawnSync('unshare', ['--map-root-user', '--mount', 'true']).status === 0;
if (!canMount && process.env.CANDOR_NOT_RUN !== undefined) {
  appendFileSync(process.env.CANDOR_NOT_RUN, 'SQLite on a full and a read-only disk: needs unshare(1)\n');
}

it.skipIf(!canMount)(
  'loses nothing on a full disk and goes on by itself, and says that a disk is read-only',
  () => {
    const folder = temporaryFolder();
    const script = fileURLToPath(new URL('support/disk-child.mjs', import.meta.url));
    const setUp = `mount -t tmpfs -o size=8m none "$0" && exec "$@"`;
    const printed = execFileSync(
      'unshare',
      ['--map-root-user', '--mount', 'sh', '-c', setUp, folder, process.execPath, script, folder],
      { encoding: 'utf8' },
    );
    const { codes, acknowledged, stored } = JSON.parse(printed) as {
      codes: Record<string, string>;
      acknowledged: number;
      stored: number;
    };
    expect(codes).toEqual({
      full: 'ERR_STORAGE_FULL',
      checkFull: 'ERR_STORAGE_FULL',
      roomAgain: 'ok',
      checkRoom: 'ok',
      readOnly: 'ERR_STORAGE_READ_ONLY',
      writableAgain: 'ok',
    });
    expect(stored).toBe(acknowledged);
  },
  300_000,
);
