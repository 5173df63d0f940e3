import { Worker } from 'node:worker_threads';
import { StorageError } from '@candor/storage';
import type { WorkerOptions, Work } from './work.js';
import type { Call, Reply } from './worker.js';

/** A thread with its own connection, which runs one call after the other. */
export interface Thread {
  call<Method extends keyof Work>(
    method: Method,
    ...args: Parameters<Work[Method]>
  ): Promise<Awaited<ReturnType<Work[Method]>>>;
  /** Resolves when the thread has ended, since `@photostructure/sqlite` releases a file only then. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: StorageError) => void;
}

/** Starts a thread; it ends after `close` and does not keep the process open while idle. */
export function startThread(options: WorkerOptions): Thread {
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: options,
    // Node 22 and 24 warn in every thread that the SQLite module is experimental.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {},
  });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let ended: StorageError | undefined;
  const receive = (reply: Reply): void => {
    const entry = waiting.get(reply.number);
    waiting.delete(reply.number);
    if ('error' in reply) {
      const { code, message, cause } = reply.error;
      entry?.reject(new StorageError(code, message, { cause }));
    } else entry?.resolve(reply.result as never);
  };
  worker.on('message', (replies: readonly Reply[]) => {
    replies.forEach(receive);
    if (waiting.size === 0) worker.unref();
  });
  const end = (cause?: unknown): void => {
    ended ??= new StorageError('ERR_STORAGE_FAILED', 'The thread of the database has ended.', { cause });
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on('error', end);
  const exit = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      end();
      resolve();
    });
  });
  worker.unref();
  const call: Thread['call'] = (method, ...args) =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) return reject(ended);
      last += 1;
      waiting.set(last, { resolve: resolve as (result: never) => void, reject });
      worker.ref();
      const message: Call = { number: last, method, args };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(message);
    });
  return {
    call,
    async close() {
      await call('close').catch(() => {});
      worker.ref();
      await exit;
    },
  };
}
