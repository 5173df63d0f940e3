import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import type { Transport, TransportRequest, TransportResult } from './transport.js';
import { hostCertificates } from './trusted-certificates.js';
import { workerGreeting } from './worker-greeting.js';

/** Options of `createWorkerTransport`. */
export interface WorkerTransportOptions {
  /** Called once when no worker thread can be had, and requests run inline from then on. */
  readonly onFallback?: (() => void) | undefined;
  /** The worker's file; default the one beside this module. */
  readonly file?: (() => URL) | undefined;
}

// Loading a worker on a slow disk counts against no server.
const startAllowance = 10_000;

/**
 * Creates the transport that makes each request in a short-lived worker thread: what TLS loads would block the
 * host's event loop, starting a worker takes 5 ms. Where a bundler left no worker file, or one that does not run,
 * or the host may not start threads, the same code runs inline.
 */
export function createWorkerTransport(options: WorkerTransportOptions = {}): Transport {
  // Looked up late: where a bundler left no `import.meta.url`, creating a reporter must not fail.
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

/** Undefined when there is no worker to be had: nothing was sent then. */
async function inWorker(
  file: () => URL,
  outgoing: TransportRequest,
  signal: AbortSignal,
): Promise<TransportResult | undefined> {
  const { Worker } = await import('node:worker_threads');
  // Loading that and starting a thread are two turns of the host's event loop.
  await nextTurn();
  let thread: Worker;
  try {
    // Nothing of the host's (loaders, preloads, NODE_TLS_REJECT_UNAUTHORIZED) reaches the thread.
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
    // After the listeners: adding one to a worker holds the process open again.
    thread.unref();
    if (signal.aborted) abort();
  });
  await thread.terminate();
  return outcome;
}

function failure(code: string): TransportResult {
  return { kind: 'failure', code };
}
