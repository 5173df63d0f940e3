import { isCandorError } from '@candor/protocol';
import { StorageError, type StorageErrorCode } from '@candor/storage';

/** Calls a method of the primary process by its name. Rejects as the method does. */
export type CallPrimary = (method: string, ...args: readonly unknown[]) => Promise<unknown>;

/** One end of the channel between a worker and its primary process. */
export interface Channel {
  send?(message: object): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

interface Call {
  readonly call: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

interface Reply {
  readonly reply: number;
  readonly value?: unknown;
  /** The code of a `StorageError`, or undefined for a bug. */
  readonly error?: { readonly code?: string; readonly message: string };
}

/** Creates the worker's end. */
export function createCaller(channel: Channel): CallPrimary {
  const pending = new Map<number, (reply: Reply) => void>();
  let last = 0;
  channel.on('message', (message) => {
    const reply = message as Reply;
    pending.get(reply.reply)?.(reply);
    pending.delete(reply.reply);
  });
  return (method, ...args) =>
    new Promise((resolve, reject) => {
      last += 1;
      pending.set(last, ({ value, error }) =>
        error === undefined ? resolve(value) : reject(toError(error)),
      );
      const call: Call = { call: last, method, args };
      channel.send?.(call);
    });
}

/** Answers a worker's calls in the primary process. */
export function answerCalls(
  channel: Channel,
  methods: (name: string) => ((...args: readonly unknown[]) => unknown) | undefined,
): void {
  channel.on('message', (message) => {
    const { call, method, args } = message as Partial<Call>;
    if (call === undefined || method === undefined) return;
    void answer(methods(method), args ?? []).then((result) => channel.send?.({ reply: call, ...result }));
  });
}

async function answer(
  method: ((...args: readonly unknown[]) => unknown) | undefined,
  args: readonly unknown[],
): Promise<Omit<Reply, 'reply'>> {
  try {
    if (method === undefined) throw new Error('The primary process has no such method.');
    return { value: await method(...args) };
  } catch (error) {
    const { message } = error as Error;
    return { error: isCandorError(error) ? { code: error.code, message } : { message } };
  }
}

function toError({ code, message }: NonNullable<Reply['error']>): Error {
  return code === undefined ? new Error(message) : new StorageError(code as StorageErrorCode, message);
}
