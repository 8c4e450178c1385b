import { ClientAddresses, parseNetworks } from './client-address';

const addresses = (...trusted: string[]): ClientAddresses => new ClientAddresses(parseNetworks(trusted) ?? []);

describe('the client’s address', () => {
  it('is the socket’s', () => {
    expect(addresses().keyOf('8.8.4.4', undefined)).toBe('8.8.4.4');
  });

  it('is the same in both forms of IPv4', () => {
    expect(addresses().keyOf('::ffff:8.8.4.4', undefined)).toBe('8.8.4.4');
  });

  it('is a network where it is IPv6, or one subscriber would have 2^64 buckets', () => {
    const one = addresses().keyOf('2a00:1450:4001:82a::200e', undefined);

    expect(addresses().keyOf('2a00:1450:4001:82a:ffff::1', undefined)).toBe(one);
    expect(addresses().keyOf('2a00:1450:4001:82b::1', undefined)).not.toBe(one);
  });

  it('is not what a stranger claims', () => {
    expect(addresses('10.0.0.0/8').keyOf('8.8.4.4', '1.1.1.1')).toBe('8.8.4.4');
  });

  it.each(['127.0.0.1', '10.1.2.3', '172.16.0.9', '192.168.1.1', '169.254.1.1', '100.64.0.1', '::1', 'fd00::1'])(
    'is not known behind %s, which may be a proxy of many',
    (peer) => {
      expect(addresses().keyOf(peer, '1.1.1.1')).toBeNull();
    },
  );

  it.each([undefined, '', 'nonsense', '08.8.8.8', '0x8080808'])('is not known of %j', (peer) => {
    expect(addresses().keyOf(peer, undefined)).toBeNull();
  });

  describe('behind trusted proxies', () => {
    const behind = (forwarded: string | undefined): string | null =>
      addresses('10.0.0.0/8', '203.0.113.9', 'fd00::/8').keyOf('10.1.2.3', forwarded);

    it.each([
      ['1.1.1.1', '1.1.1.1'],
      ['1.1.1.1, 10.9.9.9', '1.1.1.1'],
      ['9.9.9.9, 1.1.1.1', '1.1.1.1'],
      ['9.9.9.9,1.1.1.1,203.0.113.9', '1.1.1.1'],
      ['1.1.1.1:4711', '1.1.1.1'],
      ['::ffff:1.1.1.1', '1.1.1.1'],
      ['made up, 192.168.7.7', '192.168.7.7'],
    ])('%s is from %s', (forwarded, client) => {
      expect(behind(forwarded)).toBe(client);
    });

    it('is the same with and without a port in IPv6', () => {
      expect(behind('[2a00:1450::1]:443')).toBe(behind('2a00:1450::1'));
    });

    it.each([undefined, '', 'unknown', '1.1.1.1, unknown', '10.0.0.1'])('%j names nobody', (forwarded) => {
      expect(behind(forwarded)).toBeNull();
    });

    it('a chain without end is not followed', () => {
      expect(behind(`1.1.1.1${', 10.0.0.1'.repeat(5_000)}`)).toBeNull();
    });
  });

  it.each<[string | undefined, string | undefined, string | null]>([
    ['8.8.4.4', undefined, '8.8.4.4'],
    ['8.8.4.4', '1.1.1.1', '8.8.4.4'],
    ['::ffff:127.0.0.1', undefined, '127.0.0.1'],
    ['2a00:1450:4001:82a::200e', undefined, '2a00:1450:4001:82a::200e'],
    ['10.1.2.3', '9.9.9.9, 1.1.1.1', '1.1.1.1'],
    ['10.1.2.3', '[2a00:1450::1]:443', '2a00:1450::1'],
    ['10.1.2.3', undefined, '10.1.2.3'],
    ['10.1.2.3', 'unknown', '10.1.2.3'],
    [undefined, '1.1.1.1', null],
    ['nonsense', '1.1.1.1', null],
  ])('of %s with %s is told to issuers as %s', (peer, forwardedFor, address) => {
    expect(addresses('10.0.0.0/8').addressOf(peer, forwardedFor)).toBe(address);
  });

  it('does not remember without end', () => {
    const all = addresses();
    for (let index = 0; index < 30_000; index++) all.keyOf(`8.8.${index >> 8}.${index & 255}`, undefined);

    expect(Reflect.get(all, 'known')).toHaveProperty('size', 10_000);
  });
});

describe('networks', () => {
  it.each(['10.0.0.0/33', 'ten', '10.0.0/8', '10.0.0.0/', ''])('%j is none', (text) => {
    expect(parseNetworks([text])).toBeNull();
  });
});
