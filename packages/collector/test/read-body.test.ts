import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { defaultLimits } from '@candor/protocol';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { readBody } from '../src/intake/read-body.js';
import { honoRequest } from '../src/intake/request.js';
import { Problem } from '../src/problem.js';

const limits = { ...defaultLimits, compressedBytes: 100, inflatedBytes: 1000 };
const json = { 'content-type': 'application/json' };
const gzip = { ...json, 'content-encoding': 'gzip' };

interface Sent {
  readonly headers?: Record<string, string>;
  readonly body?: RequestInit['body'];
  /** Node's own stream of the request, as its HTTP server hands it over. */
  readonly incoming?: Readable;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** Returns the text that was read, or the problem as its kind and detail. */
async function read({ headers = json, body = null, incoming, timeout = 600_000 }: Sent): Promise<string> {
  const app = new Hono();
  app.post('/', async (c) =>
    c.body(new Uint8Array(await readBody(honoRequest(c, undefined), limits, timeout))),
  );
  app.onError((error, c) => {
    if (!(error instanceof Problem)) throw error;
    return c.text(`${error.code}: ${error.message}`);
  });
  const duplex = body instanceof ReadableStream ? { duplex: 'half' as const } : {};
  const response = await app.request('/', { method: 'POST', headers, body, ...duplex }, { incoming });
  return await response.text();
}

const tooLarge = (bytes: number): string => `too-large: The body must not be larger than ${bytes} bytes.`;
const broken = 'broken-body: The body broke off.';

describe('a body is read', () => {
  it.each([
    'application/json',
    'Application/JSON',
    'application/json;charset=utf-8',
    'application/json ; charset=utf-8',
  ])('as %s', async (type) => {
    expect(await read({ headers: { 'content-type': type }, body: '{}' })).toBe('{}');
  });

  it.each(['application/jsonp', 'x-application/json', 'text/plain', 'application/json x', ''])(
    'and not as %j',
    async (type) => {
      expect(await read({ headers: { 'content-type': type }, body: '{}' })).toBe(
        'unsupported-type: The content type must be application/json.',
      );
    },
  );

  it('and not without a type', async () => {
    expect(await read({ headers: {}, body: Buffer.from('{}') })).toMatch(/^unsupported-type: /);
  });

  it.each(['identity', 'IDENTITY'])('as it is where its encoding is %s', async (encoding) => {
    expect(await read({ headers: { ...json, 'content-encoding': encoding }, body: '{}' })).toBe('{}');
  });

  it.each(['gzip', 'GZIP'])('inflated where its encoding is %s', async (encoding) => {
    expect(await read({ headers: { ...json, 'content-encoding': encoding }, body: gzipSync('{}') })).toBe(
      '{}',
    );
  });

  it.each(['br', 'deflate', 'gzip, gzip'])('and not with the encoding %s', async (encoding) => {
    expect(await read({ headers: { ...json, 'content-encoding': encoding }, body: '{}' })).toBe(
      'unsupported-type: The content encoding must be gzip or none.',
    );
  });

  it('in one transfer encoding', async () => {
    const sent = (encoding: string): Sent => ({
      headers: { ...json, 'transfer-encoding': encoding },
      incoming: Readable.from([Buffer.from('{}')]),
    });
    expect(await read(sent('Chunked'))).toBe('{}');
    expect(await read(sent('gzip, chunked'))).toBe(
      'bad-encoding: The transfer encoding must be chunked or none.',
    );
  });

  it('as nothing where there is none', async () => {
    expect(await read({})).toBe('');
    expect(await read({ headers: gzip, body: '{}' })).toBe('bad-encoding: The body is not gzip.');
  });
});

/** A body in pieces, as a web stream and as Node's. */
const streams: [string, (pieces: readonly string[]) => Sent][] = [
  ['a web stream', (pieces) => ({ body: ReadableStream.from(pieces.map((piece) => Buffer.from(piece))) })],
  ["Node's stream", (pieces) => ({ incoming: Readable.from(pieces.map((piece) => Buffer.from(piece))) })],
];

describe.each(streams)('a body in %s', (_, streamOf) => {
  it('is put together', async () => {
    expect(await read(streamOf(['{}']))).toBe('{}');
    expect(await read(streamOf(['{"a"', ':1', '}']))).toBe('{"a":1}');
  });

  it('may be as large as allowed, and not a byte larger', async () => {
    const halves = ['a'.repeat(500), 'b'.repeat(500)];
    expect(await read(streamOf(halves))).toBe(halves.join(''));
    expect(await read(streamOf([...halves, 'c']))).toBe(tooLarge(1000));
    expect(await read({ ...streamOf(['{}']), headers: { ...json, 'content-length': '1000' } })).toBe('{}');
    expect(await read({ ...streamOf(['{}']), headers: { ...json, 'content-length': '1001' } })).toBe(
      tooLarge(1000),
    );
  });

  it('has a limit of its own where it is compressed', async () => {
    expect(await read({ ...streamOf(['a'.repeat(100)]), headers: gzip })).toBe(
      'bad-encoding: The body is not gzip.',
    );
    expect(await read({ ...streamOf(['a'.repeat(101)]), headers: gzip })).toBe(tooLarge(100));
    expect(await read({ ...streamOf(['{}']), headers: { ...gzip, 'content-length': '101' } })).toBe(
      tooLarge(100),
    );
  });
});

it('a compressed body may inflate to as much as allowed, and not to more', async () => {
  const [most, more] = ['a'.repeat(1000), 'a'.repeat(1001)];
  expect(await read({ headers: gzip, body: gzipSync(most) })).toBe(most);
  expect(await read({ headers: gzip, body: gzipSync(more) })).toBe(
    'too-large: The body must not inflate to more than 1000 bytes.',
  );
});

describe('a web stream', () => {
  it('that fails has broken off', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) });
    expect(await read({ body })).toBe(broken);
  });

  it('is cancelled when it is too large', async () => {
    let isCancelled = false;
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(Buffer.alloc(600)),
      cancel: () => {
        isCancelled = true;
      },
    });
    expect(await read({ body })).toBe(tooLarge(1000));
    expect(isCancelled).toBe(true);
  });

  it('that stalls is given up, also where cancelling it fails', async () => {
    const cancel = (): Promise<void> => Promise.reject(new Error('stuck'));
    expect(await read({ body: new ReadableStream({ cancel }), timeout: 5 })).toBe(
      'slow-body: The body must arrive within 5 ms.',
    );
  });
});

describe("Node's stream", () => {
  it('that was destroyed before has broken off', async () => {
    const incoming = new PassThrough();
    incoming.destroy();
    await once(incoming, 'close');
    expect(await read({ incoming })).toBe(broken);
  });

  it.each(['close', 'error'])('that says %s before its end has broken off', async (event) => {
    const incoming = new PassThrough();
    incoming.write('{');
    incoming.once('newListener', () => setImmediate(() => incoming.emit(event, new Error('reset'))));
    expect(await read({ incoming })).toBe(broken);
  });

  it('that stalls is given up', async () => {
    const incoming = new PassThrough();
    expect(await read({ incoming, timeout: 5 })).toBe('slow-body: The body must arrive within 5 ms.');
  });

  it('is paused when it is too large, and may fail afterwards', async () => {
    const incoming = new PassThrough();
    incoming.write('a'.repeat(1001));
    expect(await read({ incoming })).toBe(tooLarge(1000));
    expect(incoming.isPaused()).toBe(true);
    incoming.destroy(new Error('reset'));
    await new Promise((resolve) => incoming.once('close', resolve));
  });

  it('keeps no listener once it was read', async () => {
    const incoming = new PassThrough();
    const before = incoming.eventNames().map((name) => incoming.listenerCount(name));
    incoming.end('{}');
    expect(await read({ incoming })).toBe('{}');
    for (const event of ['data', 'close', 'error']) expect(incoming.listenerCount(event)).toBe(0);
    expect(before.length).toBeGreaterThan(0);
  });
});
