import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { expect, it, onTestFinished } from 'vitest';

it('still has every report that was answered with 202 after the process was killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-crash-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'reports.db');
  for (const wanted of [100, 300]) {
    const script = fileURLToPath(new URL('support/crash-child.mjs', import.meta.url));
    const child = spawn(process.execPath, [script, path, String(wanted)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(child, 'exit');
    let printed = '';
    for await (const chunk of child.stdout) {
      printed += String(chunk);
      if (printed.split('\n').length > wanted) child.kill('SIGKILL');
    }
    expect((await exit)[1]).toBe('SIGKILL');

    const accepted = printed.split('\n').slice(0, -1);
    const storage = await createSqliteStorage({ path });
    const stored = await storage.count({
      product: 'gateway',
      from: '2020-01-01',
      to: '2099-12-31',
      period: 'day',
      unit: 'reports',
      by: 'version',
    });
    await storage.close();
    const versions = new Set(
      stored.periods.flatMap(({ counts }) =>
        counts.flatMap((count) => ('version' in count ? [count.version] : [])),
      ),
    );
    expect(accepted.length).toBeGreaterThanOrEqual(wanted);
    expect(accepted.filter((version) => !versions.has(version))).toEqual([]);
  }
});
