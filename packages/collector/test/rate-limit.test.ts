import { describe, expect, it } from 'vitest';
import { isLoopback, networkPrefix } from '../src/rate/network-prefix.js';
import { collecting, noon } from './support/collecting.js';
import { sampleReport } from './support/sample.js';

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.250'],
    ['203.0.113.7', '::ffff:203.0.113.9'],
    ['203.0.113.7', '::ffff:cb00:7109'],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::'],
    ['2001:db8:1:200::1', '2001:0DB8:0001:02ff::1'],
    ['fe80::1%eth0', 'fe80::2'],
  ])('is the same for %s and %s', (one, other) => {
    expect(networkPrefix(one)).toBeDefined();
    expect(networkPrefix(one)).toBe(networkPrefix(other));
  });

  it.each([
    ['203.0.113.7', '203.0.112.7'],
    ['2001:db8:1:200::1', '2001:db8:1:300::1'],
    ['0.0.0.1', '::1'],
  ])('differs for %s and %s', (one, other) => {
    expect(networkPrefix(one)).not.toBe(networkPrefix(other));
  });

  it('is none for what is no address', () => {
    expect(['', 'localhost', '1.2.3.4.5'].map(networkPrefix)).toEqual([undefined, undefined, undefined]);
  });

  it('knows this machine', () => {
    const loopback = ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'];
    expect(loopback.map(isLoopback)).toEqual([true, true, true, true]);
    expect(['128.0.0.1', '::', '0.0.0.0', 'localhost'].map(isLoopback)).toEqual([false, false, false, false]);
  });
});

describe('the rate limit', () => {
  const limited = async (start = noon) => {
    const state = { address: '203.0.113.1' as string | undefined, now: start };
    const { send } = await collecting({
      clientAddress: () => state.address,
      clock: () => state.now,
      rateLimit: { requests: 2, window: 60_000 },
    });
    const from = async (address: string | undefined): Promise<number> => {
      state.address = address;
      return (await send(sampleReport())).status;
    };
    return { state, send, from };
  };

  it('counts a network, not an address, and lets it send again in the next window', async () => {
    const { state, send, from } = await limited();
    expect(await from('203.0.113.1')).toBe(202);
    expect(await from('203.0.113.2')).toBe(202);
    state.now += 45_000;
    const refused = await send(sampleReport());
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '15']);
    expect(await refused.text()).not.toContain('203.0');
    expect(await from('203.0.114.1')).toBe(202);
    state.now += 15_000;
    expect(await from('203.0.113.3')).toBe(202);
  });

  it('counts refused bodies too', async () => {
    const { state, send, from } = await limited();
    state.address = '2001:db8::1';
    expect((await send('nonsense')).status).toBe(400);
    expect((await send('nonsense')).status).toBe(400);
    expect(await from('2001:db8::2')).toBe(429);
  });

  it('forgets everything at the end of the day and when the clock goes back', async () => {
    const { state, from } = await limited(Date.UTC(2026, 10, 24, 23, 59, 50));
    const network = [await from('203.0.113.1'), await from('203.0.113.1'), await from('203.0.113.1')];
    expect(network).toEqual([202, 202, 429]);
    state.now = Date.UTC(2026, 10, 25);
    expect([await from('203.0.113.1'), await from('203.0.113.1')]).toEqual([202, 202]);
    expect(await from('203.0.113.1')).toBe(429);
    state.now -= 60_000;
    expect(await from('203.0.113.1')).toBe(202);
  });

  it('does not hold for calls inside the process', async () => {
    const { from } = await limited();
    expect([await from(undefined), await from(undefined), await from(undefined)]).toEqual([202, 202, 202]);
  });
});
