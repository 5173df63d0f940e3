import { describe, expect, it } from 'vitest';
import { createNetworkLedger, internalCall } from '../src/index.js';
import { createClientAddress } from '../src/networks/client-address.js';
import { isLoopback, networkOf } from '../src/networks/network-of.js';
import { collecting, noon } from './support/collecting.js';
import { sampleReport } from './support/sample.js';

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.250'],
    ['203.0.113.7', '::ffff:203.0.113.9'],
    ['203.0.113.7', '::ffff:cb00:7109'],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::'],
    ['2001:db8:1:200::1', '2001:0DB8:0001:ffff::1'],
    ['fe80::1%eth0', 'fe80::2'],
  ])('is the same for %s and %s', (one, other) => {
    expect(networkOf(one)).toBeDefined();
    expect(networkOf(one)).toBe(networkOf(other));
  });

  it.each([
    ['203.0.113.7', '203.0.112.7'],
    ['2001:db8:1::1', '2001:db8:2::1'],
    ['0.0.0.1', '::1'],
  ])('differs for %s and %s', (one, other) => {
    expect(networkOf(one)).not.toBe(networkOf(other));
  });

  it('is none for what is no address', () => {
    const none = ['', 'localhost', '1.2.3.4.5', '1', '0x7f.1', '1.2.3.4:80', '[::1]', ':::', '1.2.3.04'];
    expect(none.map(networkOf)).toEqual(none.map(() => undefined));
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
      peerAddress: () => state.address,
      clock: () => state.now,
      networkLimits: { requests: 2, window: 60_000 },
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

  it('does not hold for calls inside the process, which say so', async () => {
    const { from } = await limited();
    const calls = [await from(internalCall), await from(internalCall), await from(internalCall)];
    expect(calls).toEqual([202, 202, 202]);
  });

  it('is shared by all that have no address, such as a connection that was reset', async () => {
    const { from } = await limited();
    expect([await from(undefined), await from('nonsense'), await from(undefined)]).toEqual([202, 202, 429]);
    expect(await from('203.0.113.1')).toBe(202);
  });
});

describe('the ledger of networks', () => {
  it('takes requests that come in another order than they were made, as from several processes', () => {
    const ledger = createNetworkLedger({ requests: 2, window: 60_000, countedPerDay: 1 });
    const waits = [noon + 5, noon, noon + 7, noon + 1].map((now) => ledger.request('a', now));
    expect(waits.map((wait) => wait === undefined)).toEqual([true, true, false, false]);
  });

  it('gives every network a tag of its own for the day', async () => {
    const ledger = createNetworkLedger({ requests: 2, window: 60_000, countedPerDay: 1 });
    const tags = async (now: number): Promise<number[]> =>
      await Promise.all(
        ['a', 'b', 'a'].map(async (network) => (await ledger.contribute(network, 'gateway', now)).network),
      );
    const [one, other, again] = await tags(noon);
    expect([one === again, one === other]).toEqual([true, false]);
    expect(await tags(noon + 86_400_000)).not.toContain(one);
  });

  it('counts a share of reports for each network, product and day', async () => {
    const ledger = createNetworkLedger({ requests: 2, window: 60_000, countedPerDay: 1 });
    const counted = async (network: string, product: string, now = noon): Promise<boolean> =>
      (await ledger.contribute(network, product, now)).counted;
    expect([await counted('a', 'one'), await counted('a', 'one')]).toEqual([true, false]);
    expect([await counted('a', 'two'), await counted('b', 'one')]).toEqual([true, true]);
    expect(await counted('a', 'one', noon + 86_400_000)).toBe(true);
  });
});

describe('the address of a client', () => {
  it('is that of the socket, whatever a header says, without trust in a proxy', () => {
    for (const trust of [undefined, 0, []]) {
      expect(createClientAddress(trust)('203.0.113.1', '198.51.100.1')).toBe('203.0.113.1');
    }
  });

  it('is what the last of the trusted proxies saw', () => {
    const one = createClientAddress(1);
    expect(one('10.0.0.1', 'forged, 198.51.100.1')).toBe('198.51.100.1');
    expect(one('10.0.0.1', undefined)).toBe('10.0.0.1');
    const two = createClientAddress(2);
    expect(two('10.0.0.1', 'forged, 198.51.100.1, 10.0.0.2')).toBe('198.51.100.1');
    expect(two('10.0.0.1', '10.0.0.2')).toBe('10.0.0.1');
  });

  it('is the last one that is not a trusted proxy', () => {
    const address = createClientAddress(['10.0.0.0/8', '2001:db8::1']);
    expect(address('10.0.0.1', 'forged, 198.51.100.1, 10.0.0.2')).toBe('198.51.100.1');
    expect(address('::ffff:10.0.0.1', '198.51.100.1')).toBe('198.51.100.1');
    expect(address('2001:db8::1', '198.51.100.1')).toBe('198.51.100.1');
    expect(address('192.0.2.1', '198.51.100.1')).toBe('192.0.2.1');
    expect(address('10.0.0.1', undefined)).toBe('10.0.0.1');
    expect(address('10.0.0.1', '198.51.100.1, nonsense')).toBe('nonsense');
    expect(address(undefined, '198.51.100.1')).toBe(undefined);
  });

  it('cannot be read from what is no network', () => {
    expect(() => createClientAddress(['everyone'])).toThrow(expect.objectContaining({ code: 'ERR_OPTION' }));
  });
});
