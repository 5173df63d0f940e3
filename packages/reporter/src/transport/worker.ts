import { parentPort } from 'node:worker_threads';
import type { TransportRequest } from './transport.js';
import { post } from './post.js';

// Listening holds the thread open until its parent ends it; the sockets of `post` do not.
parentPort?.on('message', async (outgoing: TransportRequest) => {
  const outcome = await post(outgoing, new AbortController().signal);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(outcome);
});
