import { gunzipSync } from 'node:zlib';
import type { Limits } from '@candor/protocol';
import { Problem } from '../problem.js';

/**
 * Reads the JSON of a request without ever holding more than the limits allow.
 *
 * Throws a `Problem`: 400, 408, 413 or 415.
 */
export async function readJson(request: Request, limits: Limits, timeout: number): Promise<unknown> {
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers.get('content-type') ?? '')) {
    throw new Problem('unsupported-type', 'The content type must be application/json.');
  }
  const encoding = (request.headers.get('content-encoding') ?? 'identity').toLowerCase();
  if (encoding !== 'gzip' && encoding !== 'identity') {
    throw new Problem('unsupported-type', 'The content encoding must be gzip or none.');
  }
  const compressed = encoding === 'gzip';
  const sent = await readBytes(request, compressed ? limits.compressedBytes : limits.inflatedBytes, timeout);
  const bytes = compressed ? inflated(sent, limits.inflatedBytes) : sent;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    // The parser's message quotes the source.
    throw new Problem('bad-json', 'The body is not JSON in UTF-8.');
  }
}

async function readBytes(request: Request, limit: number, timeout: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  // A cancelled reader ends the read that is under way. Its promise may never settle: the sender has stalled.
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
        throw new Problem('broken-body', 'The body broke off.');
      });
      if (late) throw new Problem('slow-body', `The body must arrive within ${timeout} ms.`);
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

function tooLarge(limit: number): Problem {
  return new Problem('too-large', `The body must not be larger than ${limit} bytes.`);
}

function inflated(bytes: Uint8Array, limit: number): Uint8Array {
  try {
    // In this thread: for so few bytes, handing over to another one costs more than it saves.
    return gunzipSync(bytes, { maxOutputLength: limit });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new Problem('too-large', `The body must not inflate to more than ${limit} bytes.`);
    }
    throw new Problem('bad-encoding', 'The body is not gzip.');
  }
}
