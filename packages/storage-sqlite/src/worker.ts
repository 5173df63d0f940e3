import { parentPort, workerData } from 'node:worker_threads';
import { StorageError } from '@candor/storage';
import { createWork, type Work, type WorkerOptions } from './work.js';
import { storageFailure } from './storage-failure.js';

/** What the thread is asked: a method of `Work` and its arguments. */
export interface Call {
  readonly number: number;
  readonly method: keyof Work;
  readonly args: readonly unknown[];
}

/** What it replies with. */
export type Reply =
  | { readonly number: number; readonly result: unknown }
  | {
      readonly number: number;
      readonly error: {
        readonly code: StorageError['code'];
        readonly message: string;
        readonly cause?: unknown;
      };
    };

const options = workerData as WorkerOptions;
const work = createWork(options);

/** One call after the other, though some of them are asynchronous. */
let last = Promise.resolve();

parentPort?.on('message', (call: Call) => {
  last = last.then(() => answer(call));
});

async function answer({ number, method, args }: Call): Promise<void> {
  let reply: Reply;
  try {
    const { [method]: run } = await work;
    reply = { number, result: await (run as (...given: readonly unknown[]) => unknown)(...args) };
  } catch (cause) {
    const { code, message, cause: reason } = storageFailure(cause, options.path);
    reply = { number, error: { code, message, cause: reason } };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(reply);
  if (method === 'close') parentPort?.close();
}
