import { createSocket } from 'node:dgram';
import { writeFile } from 'node:fs/promises';
import type { LookupAddress } from 'node:dns';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLookup } from '../src/transport/lookup.js';
import { temporaryDirectory } from '@candor/testing';

/** Starts a name server that knows one IPv4 address and one IPv6 address, or no name at all. */
async function startNameServer(knows: boolean): Promise<string> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const answer = Buffer.from(query);
    answer[2] = 0x81;
    answer[3] = knows ? 0x80 : 0x83;
    const end = query.indexOf(0, 12) + 5;
    const isIPv6 = query.readUInt16BE(end - 4) === 28;
    const data = isIPv6
      ? Buffer.from('20010db8000000000000000000000001', 'hex')
      : Buffer.from([192, 0, 2, 1]);
    const record = Buffer.from([0xc0, 12, 0, isIPv6 ? 28 : 1, 0, 1, 0, 0, 0, 60, 0, data.length]);
    answer.writeUInt16BE(knows ? 1 : 0, 6);
    answer.writeUInt16BE(0, 10);
    const parts = knows ? [answer.subarray(0, end), record, data] : [answer.subarray(0, end)];
    socket.send(Buffer.concat(parts), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  onTestFinished(() => void socket.close());
  return `127.0.0.1:${socket.address().port}`;
}

function lookUp(lookup: ReturnType<typeof createLookup>, name: string): Promise<string | LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(name, { all: true }, (error, found) => (error === null ? resolve(found) : reject(error)));
  });
}

describe('createLookup', () => {
  it('asks the hosts file first, by which an operator may block a collector', async () => {
    const file = join(await temporaryDirectory(), 'hosts');
    await writeFile(file, '# names\n0.0.0.0 other.example Usage.example # blocked\n::1\tusage.example\n');
    const lookup = createLookup(file, [await startNameServer(true)]);
    expect(await lookUp(lookup, 'usage.EXAMPLE')).toEqual([
      { address: '0.0.0.0', family: 4 },
      { address: '::1', family: 6 },
    ]);
  });

  it('asks the name servers next', async () => {
    const lookup = createLookup('/nonexistent', [await startNameServer(true)]);
    expect(await lookUp(lookup, 'usage.example')).toEqual([
      { address: '192.0.2.1', family: 4 },
      { address: '2001:db8::1', family: 6 },
    ]);
  });

  it('asks the system where they know no such name', async () => {
    const lookup = createLookup('/nonexistent', [await startNameServer(false)]);
    expect(await lookUp(lookup, 'localhost')).toContainEqual(
      expect.objectContaining({ address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/) as string }),
    );
  });
});
