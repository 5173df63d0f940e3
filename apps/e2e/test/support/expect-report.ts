import { join } from 'node:path';
import { startCollector, temporaryDirectory } from '@candor/testing';
import { expect } from 'vitest';
import { run } from './run.js';

/** Runs `bundles/host.mjs` in some form, and checks that its report went and that all it loads on demand was there. */
export async function expectReport(command: string, args: readonly string[]): Promise<void> {
  const collector = await startCollector();
  const cwd = await temporaryDirectory();
  const env = { HOST_ENDPOINT: collector.url, HOST_STATE: join(cwd, 'state') };
  const stdout = await run(command, args, { cwd, env });
  const { events, commands, page } = JSON.parse(stdout) as Record<string, unknown>;
  expect(events).toContainEqual(expect.objectContaining({ type: 'sent', status: 202 }));
  expect(Object.values(commands as object)).toEqual([0, 0, 0, 0, 0]);
  expect(page).toBe(200);
  expect(collector.received).toHaveLength(1);
  expect(JSON.parse(collector.received[0]!.text)).toMatchObject({
    product: 'notes',
    configuration: { port: 8080, note: 'see xxxx', secret: 'xxxx' },
  });
}
