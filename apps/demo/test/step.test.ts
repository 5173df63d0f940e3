import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Runs a step in a process of its own, which an endless loop cannot outlast, on a terminal of this width. */
async function stepOn(columns: number, env: Record<string, string> = {}): Promise<string> {
  const script = `
    import { PassThrough } from 'node:stream';
    import { step } from ${JSON.stringify(new URL('../dist/step.js', import.meta.url).href)};
    const properties = { isTTY: true, columns: ${columns}, cursorTo() {}, clearLine() {}, moveCursor() {} };
    const terminal = Object.assign(new PassThrough(), properties);
    terminal.pipe(process.stdout);
    await step('Waiting', async (progress) => {
      progress('half');
      progress('more');
      return { result: 1, done: 'Waited' };
    }, terminal);
  `;
  const args = ['--input-type=module', '--eval', script];
  return (await promisify(execFile)(process.execPath, args, { timeout: 20_000, env })).stdout;
}

test.each([0, 10, 80])('a step ends on a terminal of %d columns', async (columns) => {
  expect(await stepOn(columns)).toContain('Waited');
});

test('a step moves without colour where NO_COLOR is set', async () => {
  const cyan = '\u001B[36m';
  expect(await stepOn(80, { FORCE_COLOR: '1' })).toContain(cyan);
  expect(await stepOn(80, { FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain(cyan);
});
