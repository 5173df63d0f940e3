import { gzipSync } from 'node:zlib';
import { defaultLimits } from '@candor/protocol';
import { describe, expect, it } from 'vitest';
import { collecting } from './support/collecting.js';
import { sampleReport } from './support/sample.js';

const gzip = { 'content-encoding': 'gzip' };

/** A body without a length, in pieces of 4 KiB; `taken` counts what was asked for. */
function endless(): { body: ReadableStream<Uint8Array>; taken: () => number; cancelled: () => boolean } {
  let taken = 0;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken += 4096;
      controller.enqueue(new Uint8Array(4096).fill(0x20));
    },
    cancel() {
      cancelled = true;
    },
  });
  return { body, taken: () => taken, cancelled: () => cancelled };
}

async function problemOf(answer: Response): Promise<[number, string]> {
  const { type } = (await answer.json()) as { type: string };
  return [answer.status, type.replace('urn:candor:problem:', '')];
}

describe('limits', () => {
  it.each([
    ['identity', defaultLimits.inflatedBytes],
    ['gzip', defaultLimits.compressedBytes],
  ])('stop reading an endless body, %s', async (encoding, limit) => {
    const { post } = await collecting();
    const { body, taken, cancelled } = endless();
    const answer = await post(body, { 'content-encoding': encoding });
    expect(await problemOf(answer)).toEqual([413, 'too-large']);
    expect(taken()).toBeLessThanOrEqual(limit + 3 * 4096);
    expect(cancelled()).toBe(true);
  });

  it('refuse a body by its announced length without reading it', async () => {
    const { post } = await collecting();
    const { body, taken } = endless();
    const answer = await post(body, { 'content-length': String(defaultLimits.inflatedBytes + 1) });
    expect(await problemOf(answer)).toEqual([413, 'too-large']);
    expect(taken()).toBeLessThanOrEqual(4096);
  });

  it('stop a gzip bomb', async () => {
    const { post } = await collecting();
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    expect(bomb.byteLength).toBeLessThan(defaultLimits.compressedBytes);
    expect(await problemOf(await post(bomb, gzip))).toEqual([413, 'too-large']);
  });

  it.each([
    ['no gzip', Buffer.from('{}')],
    ['cut off', gzipSync(JSON.stringify(sampleReport())).subarray(0, 60)],
    ['empty', Buffer.alloc(0)],
  ])('refuse gzip that is %s', async (_, body) => {
    const { post } = await collecting();
    expect(await problemOf(await post(body, gzip))).toEqual([400, 'bad-encoding']);
  });

  it('take a report that is exactly as large as allowed, and none that is a byte larger', async () => {
    const body = JSON.stringify(sampleReport());
    const size = (bytes: number) => collecting({ limits: { inflatedBytes: bytes } });
    expect((await (await size(body.length)).post(body)).status).toBe(202);
    expect((await (await size(body.length - 1)).post(body)).status).toBe(413);
    expect((await (await size(body.length)).post(gzipSync(body), gzip)).status).toBe(202);
    expect((await (await size(body.length - 1)).post(gzipSync(body), gzip)).status).toBe(413);
  });

  it('give up on a body that does not arrive', async () => {
    const { post, collector } = await collecting({ bodyTimeout: 20 });
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(Buffer.from('{"format":')),
      cancel: () => {
        cancelled = true;
      },
    });
    expect(await problemOf(await post(body))).toEqual([408, 'slow-body']);
    expect(cancelled).toBe(true);
    expect(collector.stats().accepted).toBe(0);
  });

  it('blame the sender for a body that breaks off', async () => {
    const { post, errors } = await collecting();
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('reset by hunter2')),
    });
    expect(await problemOf(await post(body))).toEqual([400, 'broken-body']);
    expect(errors).toEqual([]);
  });

  it('answer 503 when more bodies are being read than allowed, and recover', async () => {
    const { post, send } = await collecting({ queue: { bodies: 1 } });
    const slow = new TransformStream<Uint8Array, Uint8Array>();
    const first = post(slow.readable);
    const answer = await send(sampleReport());
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await problemOf(answer)).toEqual([503, 'busy']);
    const writer = slow.writable.getWriter();
    await writer.write(Buffer.from(JSON.stringify(sampleReport())));
    await writer.close();
    expect((await first).status).toBe(202);
    expect((await send(sampleReport())).status).toBe(202);
  });

  it.each([
    [{ 'content-type': 'text/plain' }],
    [{ 'content-type': 'application/jsonx' }],
    [{ 'content-encoding': 'br' }],
    [{ 'content-encoding': 'gzip, gzip' }],
  ])('refuse %o', async (headers) => {
    const { post } = await collecting();
    const answer = await post(JSON.stringify(sampleReport()), headers as Record<string, string>);
    expect(await problemOf(answer)).toEqual([415, 'unsupported-type']);
  });

  it.each(['application/json', 'Application/JSON; charset=utf-8'])('take %s', async (type) => {
    const { post } = await collecting();
    const answer = await post(JSON.stringify(sampleReport()), { 'content-type': type });
    expect(answer.status).toBe(202);
  });

  it('refuse deep and wide configurations', async () => {
    const { post } = await collecting();
    const [before, after] = JSON.stringify(sampleReport()).split('"DEBUG"');
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const wide = `[${'0,'.repeat(defaultLimits.values)}0]`;
    for (const value of [deep, wide]) {
      expect(await problemOf(await post(`${before}${value}${after}`))).toEqual([400, 'bad-report']);
    }
  });
});

describe('the work of a report', () => {
  const texts = (count: number, text: string): Record<string, unknown> => ({
    log: { format: text },
    ports: Array.from({ length: count }, () => 1),
  });

  it.each([
    ['one long text', texts(0, 'password=x '.repeat(20_000))],
    ['addresses', texts(0, '10.0.0.1 '.repeat(20_000))],
    ['many values', texts(15_000, '')],
    [
      'many members that the field list does not know',
      Object.fromEntries(Array.from({ length: 15_000 }, (_, at) => [`k${at}`, 1])),
    ],
    [
      'many made-up keys',
      { entryPoints: Object.fromEntries(Array.from({ length: 9_000 }, (_, at) => [`key${at + 1}`, {}])) },
    ],
    [
      'many free keys',
      { entryPoints: Object.fromEntries(Array.from({ length: 9_000 }, (_, at) => [`name${at}`, {}])) },
    ],
  ])('is bounded: %s', async (_name, configuration) => {
    const { post, send } = await collecting();
    const body = gzipSync(JSON.stringify({ ...sampleReport(), configuration }));
    const answer = await post(body, { 'content-encoding': 'gzip' });
    expect([answer.status, await answer.json()]).toMatchObject([
      413,
      { type: 'urn:candor:problem:too-large' },
    ]);
    expect((await send(sampleReport())).status).toBe(202);
  });

  it('is as much as the host says', async () => {
    const { send } = await collecting({ verifySteps: 100 });
    expect((await send(sampleReport())).status).toBe(413);
  });
});
