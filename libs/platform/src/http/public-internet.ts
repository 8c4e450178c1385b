import { isIP } from 'node:net';
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

/** What a cloud answers its own machines on although the range is a public one: Azure's platform address. */
const PLATFORM_ADDRESSES: readonly string[] = ['168.63.129.16'];

const GLOBAL_UNICAST: [IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];
const MAPPED: [IPv6, number] = [ipaddr.IPv6.parse('::ffff:0:0'), 96];
const NAT64: [IPv6, number] = [ipaddr.IPv6.parse('64:ff9b::'), 96];

/**
 * Tells whether an IP address (text, either family) is one of the public internet: not this machine, not this network, no
 * cloud's metadata, nothing reserved, documented or tunnelled to elsewhere. What stands for an IPv4 address (mapped, NAT64)
 * is judged by that one. Text that is no address is not public.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return isPublicIPv4(ipaddr.IPv4.parse(address));
  // In pure hex: the library takes `::8.8.8.8` for the mapped address, which the network does not.
  const hex = family === 6 ? URL.parse(`http://[${address.replace(/%.*$/, '')}]`)?.hostname.slice(1, -1) : undefined;
  return hex !== undefined && isPublicIPv6(ipaddr.IPv6.parse(hex));
}

function isPublicIPv4(address: IPv4): boolean {
  return address.range() === 'unicast' && !PLATFORM_ADDRESSES.includes(address.toString());
}

function isPublicIPv6(address: IPv6): boolean {
  if (address.match(MAPPED) || address.match(NAT64)) {
    return isPublicIPv4(new ipaddr.IPv4(address.toByteArray().slice(12)));
  }
  return address.match(GLOBAL_UNICAST) && address.range() === 'unicast';
}
