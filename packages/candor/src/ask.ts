import type { Mode, Status } from '@candor/reporter';
import type { Terminal } from './env.js';

/** Options of `ask`. */
export interface AskOptions {
  /** Default: standard input and standard error of this process. */
  readonly terminal?: Terminal | undefined;
  /** How long to wait for input, in milliseconds; default one minute. */
  readonly timeout?: number | undefined;
}

/** What the question needs to know. */
export interface AskContext {
  readonly status: () => Promise<Status>;
  readonly notice: () => string;
  readonly preview: () => Promise<string>;
  readonly setMode: (mode: Mode) => Promise<void>;
}

const question = 'Report anonymous usage? [y]es, [n]o, [l]ocal log only, [p]review: ';
const minute = 60_000;

const answers: Readonly<Record<string, Mode>> = {
  y: 'on',
  yes: 'on',
  on: 'on',
  n: 'off',
  no: 'off',
  off: 'off',
  l: 'local',
  local: 'local',
};

/** Asks the person at a terminal, and keeps the choice; resolves to the mode that applies then. */
export async function ask(context: AskContext, terminal: Terminal, timeout: number = minute): Promise<Mode> {
  const { mode, decidedBy } = await context.status();
  if (decidedBy !== 'nobody' || !terminal.input.isTTY || !terminal.output.isTTY) return mode;
  const chosen = await choose(context, terminal, timeout);
  if (chosen !== undefined) await context.setMode(chosen);
  return (await context.status()).mode;
}

/** Resolves to undefined if no answer came: after the timeout, at the end of the input, or on Ctrl-C. */
async function choose(
  context: AskContext,
  { input, output }: Terminal,
  timeout: number,
): Promise<Mode | undefined> {
  const { createInterface } = await import('node:readline');
  const lines = createInterface({ input, output, prompt: question });
  const limit = setTimeout(() => lines.close(), timeout);
  try {
    output.write(`${context.notice()}\n`);
    lines.prompt();
    for await (const line of lines) {
      const answer = line.trim().toLowerCase();
      if (Object.hasOwn(answers, answer)) return answers[answer];
      if (answer === 'p' || answer === 'preview') output.write(await context.preview());
      lines.prompt();
    }
  } finally {
    clearTimeout(limit);
    lines.close();
  }
  output.write('\nNobody decided: nothing is reported.\n');
  return undefined;
}
