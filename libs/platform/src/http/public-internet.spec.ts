import { isPublicAddress } from './public-internet';

const NOT_PUBLIC = {
  'this machine': ['127.0.0.1', '127.255.255.254', '0.0.0.0', '0.1.2.3', '::', '::1'],
  'private networks': ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1', 'fec0::1'],
  'the link': ['169.254.1.1', 'fe80::1', 'fe80::1%eth0', 'febf::1'],
  metadata: ['169.254.169.254', '100.100.100.200', '192.0.0.192', '168.63.129.16', 'fd00:ec2::254', 'fd20:ce::254'],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.255'],
  multicast: ['224.0.0.1', '239.255.255.255', 'ff02::1', 'ff0e::1'],
  'broadcast and reserved': ['255.255.255.255', '240.0.0.1', '192.0.0.1', '198.18.0.1', '198.19.255.255', '100::1'],
  documentation: ['192.0.2.1', '198.51.100.1', '203.0.113.7', '2001:db8::1', '3fff::1'],
  'tunnels to elsewhere': ['2002:7f00:1::', '2002:808:808::1', '2001::1', '192.88.99.1', '64:ff9b:1::808:808'],
  'IPv4 in IPv6': [
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '::ffff:169.254.169.254',
    '::ffff:0:8.8.8.8',
    '::8.8.8.8',
    '::7f00:1',
  ],
  'NAT64 of what is not public': ['64:ff9b::7f00:1', '64:ff9b::10.0.0.1', '64:ff9b::a9fe:a9fe'],
  'outside the global unicast range': ['4000::1', '1::1', '5f00::1'],
  'text that is no address': ['', 'localhost', 'example.com', '1.2.3.4.5', '[::1]', '8.8.8.8 '],
};

describe.each(Object.entries(NOT_PUBLIC))('%s', (_, addresses) => {
  it.each(addresses)('is not public: %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('the public internet', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '172.15.255.255',
    '172.32.0.1',
    '192.167.255.255',
    '223.255.255.254',
    '2606:4700:4700::1111',
    '2a00:1450:4001::200e',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
  ])('has %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});
