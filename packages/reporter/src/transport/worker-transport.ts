import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import type { Transport, TransportRequest, TransportResult } from './transport.js';
import { hostCertificates } from './trusted-certificates.js';
import { workerGreeting } from './worker-greeting.js';

/** Options of `createWorkerTransport`. */
export interface WorkerTransportOptions {
  /** Called once if no worker thread can be started; requests then run inline. */
  readonly onFallback?: (() => void) | undefined;
  /** The worker's file; default the one beside this module. */
  readonly file?: (() => URL) | undefined;
}

// The time to load a worker from a slow disk does not count as the server's.
const startAllowance = 10_000;

/**
 * Creates the transport that makes each request in a short-lived worker thread: loading TLS would block the host's
 * event loop, while starting a worker takes 5 ms. If a bundler left no worker file, or one that does not run, or the
 * host may not start threads, the same code runs inline.
 */
export function createWorkerTransport(options: WorkerTransportOptions = {}): Transport {
  // Evaluated late: if a bundler left no `import.meta.url`, creating a reporter must not fail.
  const { file = () => new URL('./candor-transport-worker.js', import.meta.url) } = options;
  let hasWorker = true;
  return async (request, signal) => {
    const outgoing = { ...request, hostCa: request.hostCa ?? (await hostCertificates()) };
    const result = hasWorker ? await inWorker(file, outgoing, signal) : undefined;
    if (result !== undefined) return result;
    if (hasWorker) options.onFallback?.();
    hasWorker = false;
    return (await import('./send-request.js')).sendRequest(outgoing, signal);
  };
}

/** Resolves to undefined if no worker can be started; nothing was sent then. */
async function inWorker(
  file: () => URL,
  outgoing: TransportRequest,
  signal: AbortSignal,
): Promise<TransportResult | undefined> {
  const { Worker } = await import('node:worker_threads');
  // Loading the module and starting a thread take separate turns of the host's event loop.
  await nextTurn();
  let thread: Worker;
  try {
    // The host's settings (loaders, preloads, NODE_TLS_REJECT_UNAUTHORIZED) do not reach the thread.
    thread = new Worker(file(), {
      execArgv: [],
      argv: [],
      env: {},
      stdout: true,
      stderr: true,
    });
  } catch {
    return undefined;
  }
  const outcome = await new Promise<TransportResult | undefined>((resolve) => {
    let hasGreeted = false;
    let limit = setTimeout(() => resolve(undefined), startAllowance).unref();
    const abort = (): void => resolve(failure('ABORT_ERR'));
    const end = (): void => resolve(hasGreeted ? failure('ERR_WORKER') : undefined);
    signal.addEventListener('abort', abort, { once: true });
    thread.on('message', (message: unknown) => {
      if (hasGreeted) resolve(message as TransportResult);
      else if (message !== workerGreeting) resolve(undefined);
      else {
        hasGreeted = true;
        clearTimeout(limit);
        limit = setTimeout(
          () => resolve(failure('ERR_TIMEOUT')),
          outgoing.timeouts.total + startAllowance,
        ).unref();
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        thread.postMessage(outgoing);
      }
    });
    thread.once('error', end);
    thread.once('exit', () => {
      clearTimeout(limit);
      signal.removeEventListener('abort', abort);
      end();
    });
    // Called after the listeners are added, since adding one to a worker keeps the process open again.
    thread.unref();
    if (signal.aborted) abort();
  });
  await thread.terminate();
  return outcome;
}

function failure(code: string): TransportResult {
  return { kind: 'failure', code };
}
