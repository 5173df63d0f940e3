import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { DemoError } from './demo-error.js';

/** A program that the demo runs. */
export interface Child {
  /**
   * Resolves with the first line of output, past or future, that matches. Rejects with `ERR_CHILD` if the program ends
   * before.
   */
  line(pattern: RegExp): Promise<string>;
  /** Asks the program to end, as a service manager does, and resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** Options of `startChild`. */
export interface ChildOptions {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** After this many milliseconds without the awaited line, or after `stop()`, the program is killed. */
  readonly patience: number;
}

/** Starts a Node program; it is killed at the latest when this process ends. */
export function startChild(options: ChildOptions): Child {
  const { name, script, args, env, patience } = options;
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const exit = once(child, 'exit').finally(() => process.off('exit', kill));
  // A failed start is reported to callers that wait for a line or for the end, so it needs no other handler.
  exit.catch(() => {});
  const lines = collectLines(child);
  return {
    async line(pattern) {
      const found = lines.first(pattern);
      const ended = exit.then(([code]) => {
        throw new DemoError('ERR_CHILD', `The ${name} ended with code ${String(code)}:\n${lines.tail()}`);
      });
      return await Promise.race([found, ended, deadline(patience, name, lines.tail)]);
    },
    async stop() {
      const timer = setTimeout(kill, patience);
      child.kill('SIGTERM');
      await exit;
      clearTimeout(timer);
      return child.exitCode;
    },
  };
}

interface Lines {
  first(pattern: RegExp): Promise<string>;
  tail(): string;
}

function collectLines(child: ChildProcess): Lines {
  const seen: string[] = [];
  const waiting = new Set<(line: string) => void>();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      seen.push(line);
      for (const hear of waiting) hear(line);
    });
  }
  return {
    first: (pattern) =>
      new Promise((resolve) => {
        const before = seen.find((line) => pattern.test(line));
        if (before !== undefined) return resolve(before);
        waiting.add(function hear(line) {
          if (!pattern.test(line)) return;
          waiting.delete(hear);
          resolve(line);
        });
      }),
    tail: () => seen.slice(-20).join('\n'),
  };
}

function deadline(patience: number, name: string, tail: () => string): Promise<never> {
  return new Promise((_, reject) => {
    const give = (): void =>
      reject(new DemoError('ERR_CHILD', `The ${name} did not answer in ${patience / 1000} s:\n${tail()}`));
    setTimeout(give, patience).unref();
  });
}
