import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { StorageError } from '@candor/storage';
import type { PackedBatch } from './packed.js';
import { createWork, type Work, type WorkerOptions } from './work.js';
import { storageFailure } from './storage-failure.js';

/** A call to the thread: a method of `Work` and its arguments. */
export interface Call {
  readonly number: number;
  readonly method: keyof Work;
  readonly args: readonly unknown[];
}

/** The reply to a call. */
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

const port = parentPort as MessagePort;
const waiting: Call[] = [];
let running = false;

port.on('message', (call: Call) => {
  waiting.push(call);
  if (!running) void run();
});

/** Answers one call after the other, even if they are asynchronous. */
async function run(): Promise<void> {
  running = true;
  for (let calls = next(); calls.length > 0; calls = next()) await answer(calls);
  running = false;
}

/** Returns the next calls: one, or all appends that arrived without another call between them, as one transaction. */
function next(): Call[] {
  // After a long write the event loop has not yet received the calls that arrived meanwhile.
  for (let more = receiveMessageOnPort(port); more !== undefined; more = receiveMessageOnPort(port)) {
    waiting.push(more.message as Call);
  }
  const other = waiting.findIndex(({ method }) => method !== 'append');
  return waiting.splice(0, other === -1 ? waiting.length : Math.max(1, other));
}

async function answer(calls: readonly Call[]): Promise<void> {
  const replies = calls.length > 1 ? await together(calls) : await Promise.all(calls.map(alone));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  port.postMessage(replies);
  if (calls[0]?.method === 'close') port.close();
}

async function together(appends: readonly Call[]): Promise<Reply[]> {
  try {
    (await work).append(appends.flatMap(({ args }) => args[0] as readonly PackedBatch[]));
    return appends.map(({ number }) => ({ number, result: undefined }));
  } catch {
    // One of the batches may be the cause, and the others can still be written.
    return await Promise.all(appends.map(alone));
  }
}

async function alone({ number, method, args }: Call): Promise<Reply> {
  try {
    const { [method]: run } = await work;
    return { number, result: await (run as (...given: readonly unknown[]) => unknown)(...args) };
  } catch (cause) {
    const { code, message, cause: reason } = storageFailure(cause, options.path);
    return { number, error: { code, message, cause: reason } };
  }
}
