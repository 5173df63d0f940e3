import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import type { TransportResult, TransportRequest, Transport } from './transport.js';

// Loading a worker on a slow disk counts against no server.
const startAllowance = 10_000;

/**
 * Creates the transport that loads the HTTP client in a short-lived worker thread: importing it would block
 * the host's event loop for a tenth of a second and more, starting a worker takes 5 ms. Where a bundler left
 * no worker file, or the host may not start threads, the same code runs inline.
 */
export function createWorkerTransport(worker: URL = new URL('./worker.js', import.meta.url)): Transport {
  return async (outgoing, signal) =>
    (await inWorker(worker, outgoing, signal)) ?? (await (await import('./post.js')).post(outgoing, signal));
}

/** Undefined when there is no worker to be had. */
async function inWorker(
  file: URL,
  outgoing: TransportRequest,
  signal: AbortSignal,
): Promise<TransportResult | undefined> {
  const { Worker } = await import('node:worker_threads');
  // Loading that and starting a thread are two turns of the host's event loop.
  await nextTurn();
  let thread: Worker;
  try {
    // Nothing of the host's (loaders, preloads, NODE_TLS_REJECT_UNAUTHORIZED) reaches the thread.
    thread = new Worker(file, {
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
    const limit = setTimeout(
      () => resolve(failure('ERR_TIMEOUT')),
      outgoing.timeouts.total + startAllowance,
    ).unref();
    const abort = (): void => resolve(failure('ABORT_ERR'));
    signal.addEventListener('abort', abort, { once: true });
    thread.once('message', (message: TransportResult) => resolve(message));
    thread.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code?.endsWith('MODULE_NOT_FOUND') === true ? undefined : failure('ERR_WORKER')),
    );
    thread.once('exit', () => {
      clearTimeout(limit);
      signal.removeEventListener('abort', abort);
      resolve(failure('ERR_WORKER'));
    });
    // After the listeners: adding one to a worker holds the process open again.
    thread.unref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage(outgoing);
    if (signal.aborted) abort();
  });
  await thread.terminate();
  return outcome;
}

function failure(code: string): TransportResult {
  return { kind: 'failure', code };
}
