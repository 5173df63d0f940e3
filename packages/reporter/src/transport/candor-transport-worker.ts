import { parentPort } from 'node:worker_threads';
import { sendRequest } from './send-request.js';
import type { TransportRequest } from './transport.js';
import { workerGreeting } from './worker-greeting.js';

// Listening keeps the thread alive until its parent ends it; the sockets of `sendRequest` do not.
parentPort?.on('message', async (outgoing: TransportRequest) => {
  const result = await sendRequest(outgoing, new AbortController().signal);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(result);
});
// The parent sends the request only after this greeting.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(workerGreeting);
