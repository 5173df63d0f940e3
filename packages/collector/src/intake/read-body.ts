import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { Limits } from '@candor/protocol';
import { Problem } from '../problem.js';
import type { IntakeRequest } from './request.js';

/** Reads the body of a request, inflated. Rejects with a `Problem`. */
export async function readBody(request: IntakeRequest, limits: Limits, timeout: number): Promise<Buffer> {
  if (!/^application\/json\s*(?:;|$)/i.test(request.header('content-type') ?? '')) {
    throw new Problem('unsupported-type', 'The content type must be application/json.');
  }
  const encoding = (request.header('content-encoding') ?? 'identity').toLowerCase();
  if (encoding !== 'gzip' && encoding !== 'identity') {
    throw new Problem('unsupported-type', 'The content encoding must be gzip or none.');
  }
  // Node decodes only the last of several transfer encodings.
  if ((request.header('transfer-encoding') ?? 'chunked').toLowerCase() !== 'chunked') {
    throw new Problem('bad-encoding', 'The transfer encoding must be chunked or none.');
  }
  const compressed = encoding === 'gzip';
  const limit = compressed ? limits.compressedBytes : limits.inflatedBytes;
  if (Number(request.header('content-length') ?? 0) > limit) throw tooLarge(limit);
  const sent = await readBytes(request.body, limit, timeout);
  return compressed ? inflated(sent, limits.inflatedBytes) : sent;
}

function readBytes(body: IntakeRequest['body'], limit: number, timeout: number): Promise<Buffer> {
  if (body === null) return Promise.resolve(Buffer.alloc(0));
  return 'getReader' in body ? readStream(body, limit, timeout) : readIncoming(body, limit, timeout);
}

function readIncoming(incoming: IncomingMessage, limit: number, timeout: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (problem?: Problem): void => {
      clearTimeout(timer);
      incoming.off('data', onData).off('end', onEnd).off('close', onBroken).off('error', onBroken);
      if (problem === undefined) return resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
      // Without a listener, an error of the socket would end the process.
      incoming.on('error', () => {}).pause();
      reject(problem);
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.byteLength;
      if (size > limit) end(tooLarge(limit));
      else chunks.push(chunk);
    };
    const onEnd = (): void => end();
    const onBroken = (): void => end(broken());
    const timer = setTimeout(() => end(tooSlow(timeout)), timeout);
    if (incoming.destroyed) return onBroken();
    incoming.on('data', onData).on('end', onEnd).on('close', onBroken).on('error', onBroken);
  });
}

async function readStream(body: ReadableStream<Uint8Array>, limit: number, timeout: number): Promise<Buffer> {
  const reader = body.getReader();
  // Cancelling the reader ends the pending read. The promise of `cancel` may stay pending, since the sender has
  // stalled.
  const stop = (): void => void reader.cancel().catch(() => {});
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, timeout);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw broken();
      });
      if (late) throw tooSlow(timeout);
      if (done) return Buffer.concat(chunks);
      size += value.byteLength;
      if (size > limit) throw tooLarge(limit);
      chunks.push(value);
    }
  } finally {
    clearTimeout(timer);
    stop();
  }
}

function inflated(bytes: Uint8Array, limit: number): Buffer {
  try {
    // Inflated in this thread: for so few bytes, another thread would cost more than it saves.
    return gunzipSync(bytes, { maxOutputLength: limit });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new Problem('too-large', `The body must not inflate to more than ${limit} bytes.`);
    }
    throw new Problem('bad-encoding', 'The body is not gzip.');
  }
}

function tooLarge(limit: number): Problem {
  return new Problem('too-large', `The body must not be larger than ${limit} bytes.`);
}

function tooSlow(timeout: number): Problem {
  return new Problem('slow-body', `The body must arrive within ${timeout} ms.`);
}

function broken(): Problem {
  return new Problem('broken-body', 'The body broke off.');
}
