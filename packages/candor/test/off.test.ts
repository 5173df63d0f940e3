import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryDirectory } from '@candor/testing';
import { describe, expect, it } from 'vitest';

async function openedBy(consent: 'off' | 'local', state: string): Promise<string[]> {
  const script = fileURLToPath(new URL('support/off-host.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, consent, state]);
  return JSON.parse(stdout) as string[];
}

describe('a host that was told no', () => {
  it('has no file, socket, timer or thread opened, and no module loaded', async () => {
    const parent = await temporaryDirectory();
    expect(await openedBy('off', join(parent, 'state'))).toEqual([]);
    expect(await readdir(parent)).toEqual([]);
  });

  it('is watched by what sees all that one which writes reports opens', async () => {
    const opened = await openedBy('local', join(await temporaryDirectory(), 'state'));
    expect(opened).toEqual(expect.arrayContaining(['FILEHANDLE', 'FSREQPROMISE', 'Timeout']));
  });
});
