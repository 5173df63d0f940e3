import type { ReportRecord, Storage } from '@candor/storage';
import type { QueueOptions } from '../options.js';
import { Problem } from '../problem.js';

/** Gathers reports into batches: one durable write for all that arrive while the last one is under way. */
export interface Queue {
  /** Resolves when the report is durable. Throws a `Problem` (503) when the queue is full or closed. */
  add(record: ReportRecord): Promise<void>;
  /** Runs `work`, unless as many as allowed are running (503): for what holds memory before `add`. */
  enter<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Resolves when all that was added has been written or has failed. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  readonly record: ReportRecord;
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (problem: Problem) => void;
}

/** Creates the queue before a store; `onError` hears of each batch that could not be written. */
export function createQueue(storage: Storage, options: QueueOptions, onError: (error: Error) => void): Queue {
  const waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let reports = 0;
  let bytes = 0;
  let bodies = 0;
  let closed = false;

  const write = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      await storage.append(batch.map(({ record }) => record));
      for (const { resolve } of batch) resolve();
    } catch (cause) {
      onError(cause as Error);
      const problem = storageProblem(cause);
      for (const { reject } of batch) reject(problem);
    }
    reports -= batch.length;
    for (const entry of batch) bytes -= entry.bytes;
  };
  const drain = async (): Promise<void> => {
    // Lets the requests that are being read in this turn join the batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await write(waiting.splice(0, options.batch));
    writing = undefined;
  };
  const refuseWhenClosed = (): void => {
    if (closed) throw busy('The collector is shutting down.');
  };

  return {
    async add(record) {
      refuseWhenClosed();
      const size = record.content.text.length;
      if (reports >= options.reports || bytes + size > options.bytes) throw busy('The queue is full.');
      const written = new Promise<void>((resolve, reject) => {
        waiting.push({ record, bytes: size, resolve, reject });
      });
      reports += 1;
      bytes += size;
      writing ??= drain();
      await written;
    },
    async enter(work) {
      refuseWhenClosed();
      if (bodies >= options.bodies) throw busy('Too many reports at once.');
      bodies += 1;
      try {
        return await work();
      } finally {
        bodies -= 1;
      }
    },
    async flush() {
      await writing;
    },
    async close() {
      closed = true;
      await writing;
    },
  };
}

function busy(detail: string): Problem {
  return new Problem('busy', detail, { retryAfter: 60 });
}

function storageProblem(cause: unknown): Problem {
  if ((cause as { code?: unknown }).code === 'ERR_DAY_EXPIRED') {
    return new Problem('bad-day', 'Reports of that day are no longer kept one by one.');
  }
  return new Problem('storage-failed', 'The report could not be stored.', { retryAfter: 300 }, { cause });
}
