import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from './support/temporary-file.js';

const child = fileURLToPath(new URL('support/temporary-tables-child.mjs', import.meta.url));

it('keeps what temporary tables have beyond their memory in a file beside the database, which nobody can open', () => {
  const folder = join(temporaryFolder(), "an operator's data");
  mkdirSync(folder);
  const printed = execFileSync(process.execPath, [child, folder], { encoding: 'utf8' });
  const { within, beyond, ...rest } = JSON.parse(printed) as Record<string, unknown>;
  expect(within).toBe(0);
  expect(beyond).toBeGreaterThan(0);
  // Kibibytes, as a negative number.
  expect(rest).toEqual({ memory: -256 * 1024, ids: 40_000, named: [] });
});
