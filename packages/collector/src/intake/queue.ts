import type { ReportRecord, Storage } from '@candor/storage';
import { Problem } from '../problem.js';

/**
 * Gathers reports into batches: one durable write for all that arrive during the last one. A store that gathers batches
 * itself receives each batch at once, and never waits for this thread.
 */
export interface Queue {
  /**
   * Resolves when the report is durable. Rejects with a `Problem` (503) if the queue is full or closed, or the store
   * fails.
   */
  add(record: ReportRecord): Promise<void>;
  /** Runs `work`, or rejects (503) if too many are running: for work that uses memory before `add`. */
  enter<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Resolves when everything that was added is written or has failed. */
  flush(): Promise<void>;
  close(): Promise<void>;
  stats(): QueueStats;
}

/** The limits of the queue before the store. */
export interface QueueOptions {
  /** Reports in one batch; default 1000. */
  readonly batch: number;
  /** Waiting reports, including those being written; default 10 000. */
  readonly reports: number;
  /** Bytes of their contents; default 64 MiB. */
  readonly bytes: number;
  /** Requests whose body is being read; default 1000. */
  readonly bodies: number;
  /** How many milliseconds the first report of a batch waits for others at most; default 5. */
  readonly delay: number;
  /** Milliseconds after which a write of the store counts as failed; default 10 seconds. */
  readonly timeout: number;
}

/** The state of a queue and its totals. */
export interface QueueStats {
  /** Waiting reports, including those being written. */
  readonly waiting: number;
  readonly batches: number;
  readonly written: number;
  /** Batches that failed. */
  readonly failed: number;
  /** Seconds from handing a batch to the store until it was written, summed over all batches. */
  readonly seconds: number;
  /** False from a failed write until the next successful one. */
  readonly healthy: boolean;
}

interface Waiting {
  readonly record: ReportRecord;
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (problem: Problem) => void;
}

/** The first report of a batch stops waiting once as many reports wait as the last batch had, or this many. */
const leastWaiting = 8;

/**
 * How many reports it waits for before a store that gathers batches. The processor time of a write is that of 40
 * reports in it with SQLite, and of 60 with PostgreSQL.
 */
const gatheredWaiting = 32;

/** Creates the queue before a store; `onError` is called for each batch that failed. */
export function createQueue(
  storage: Pick<Storage, 'append' | 'capabilities'>,
  options: QueueOptions,
  onError: (error: Error) => void,
): Queue {
  const { gathers = false } = storage.capabilities;
  const waiting: Waiting[] = [];
  const stats = { batches: 0, written: 0, failed: 0, seconds: 0, healthy: true };
  const writing = new Map<readonly Waiting[], Promise<void>>();
  let draining: Promise<void> | undefined;
  let hung = false;
  let hurry = (): void => {};
  let usual = gathers ? gatheredWaiting : leastWaiting;
  let reports = 0;
  let bytes = 0;
  let bodies = 0;
  let closed = false;

  const leave = (batch: readonly Waiting[]): void => {
    reports -= batch.length;
    for (const entry of batch) bytes -= entry.bytes;
  };
  const fail = (batch: readonly Waiting[], cause: unknown): void => {
    onError(cause as Error);
    stats.failed += 1;
    stats.healthy = false;
    const problem = storageProblem(cause);
    for (const { reject } of batch) reject(problem);
  };

  /** Fails all waiting reports if the store takes too long, and new ones too, until it has ended every write. */
  const giveUp = (): void => {
    if (hung) return;
    hung = true;
    const behind = waiting.splice(0);
    fail([...writing.keys(), behind].flat(), new Error('The store has not ended a write in time.'));
    leave(behind);
  };
  const write = async (batch: readonly Waiting[]): Promise<void> => {
    const began = performance.now();
    const timer = setTimeout(giveUp, options.timeout);
    try {
      await storage.append(batch.map(({ record }) => record));
      stats.written += batch.length;
      stats.healthy = true;
      for (const { resolve } of batch) resolve();
    } catch (cause) {
      if (!hung) fail(batch, cause);
    }
    clearTimeout(timer);
    writing.delete(batch);
    if (writing.size === 0) hung = false;
    stats.batches += 1;
    if (!gathers) usual = Math.max(leastWaiting, batch.length);
    stats.seconds += (performance.now() - began) / 1000;
    leave(batch);
  };
  const hasEnough = (): boolean => waiting.length >= Math.min(usual, options.batch);
  const drain = async (): Promise<void> => {
    // Senders with a connection each arrive one by one, so the first report waits for others.
    await (hasEnough() ? undefined : enoughReports());
    while (waiting.length > 0) {
      const batch = waiting.splice(0, options.batch);
      const written = write(batch);
      writing.set(batch, written);
      if (!gathers) await written;
    }
    draining = undefined;
  };
  const enoughReports = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, options.delay);
      hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const flush = async (): Promise<void> => {
    hurry();
    await draining;
    await Promise.all(writing.values());
  };

  return {
    async add(record) {
      if (closed) throw busy('The collector is shutting down.');
      if (hung) throw storageProblem(undefined);
      const size = 64 * record.content.facts.length;
      if (reports >= options.reports || bytes + size > options.bytes) throw busy('The queue is full.');
      const written = new Promise<void>((resolve, reject) => {
        waiting.push({ record, bytes: size, resolve, reject });
      });
      reports += 1;
      bytes += size;
      draining ??= drain();
      if (hasEnough()) hurry();
      await written;
    },
    async enter(work) {
      if (closed) throw busy('The collector is shutting down.');
      if (bodies >= options.bodies) throw busy('Too many reports at once.');
      bodies += 1;
      try {
        return await work();
      } finally {
        bodies -= 1;
      }
    },
    flush,
    async close() {
      closed = true;
      await Promise.race([flush(), passed(options.timeout)]);
    },
    stats: () => ({ ...stats, waiting: reports }),
  };
}

async function passed(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

function busy(detail: string): Problem {
  return new Problem('busy', detail, { retryAfter: 60 });
}

/**
 * Returns 503 for every failure, even a day that cannot be written: the report is valid, and its sender must keep it.
 */
function storageProblem(cause: unknown): Problem {
  return new Problem('storage-failed', 'The report could not be stored.', { retryAfter: 300 }, { cause });
}
