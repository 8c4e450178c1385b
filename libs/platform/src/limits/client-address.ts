import ipaddr from 'ipaddr.js';
import type { IncomingHttpHeaders } from 'node:http';

/** Longer chains than any honest one are not followed. */
const MAX_HOPS = 16;
const MAX_REMEMBERED = 10_000;
/** One subscriber usually has at least this much of IPv6. */
const IPV6_PREFIX_BYTES = 8;

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** Networks such as `10.0.0.0/8`, or single addresses; null when one of them is neither. */
export function parseNetworks(texts: readonly string[]): readonly Network[] | null {
  const networks = texts.map(parseNetwork);
  return networks.some((network) => network === null) ? null : (networks as Network[]);
}

function parseNetwork(text: string): Network | null {
  const [host = '', bits] = text.split('/');
  const address = parse(host);
  if (!address) return null;
  if (bits === undefined) return [address, address.kind() === 'ipv4' ? 32 : 128];
  return ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : null;
}

/** The header `X-Forwarded-For` as one text: several headers of the name come joined by Node, or as a list. */
export function forwardedFor(headers: IncomingHttpHeaders): string | undefined {
  const value = headers['x-forwarded-for'];
  return Array.isArray(value) ? value.join(',') : value;
}

/**
 * Who a request comes from, as far as it can be known: the socket's other end, or what trusted proxies say stands behind
 * them. What others claim in `X-Forwarded-For` is never looked at.
 */
export class ClientAddresses {
  private readonly known = new Map<string, string>();

  /** @param trusted networks of the proxies in front of us */
  constructor(private readonly trusted: readonly Network[]) {}

  /**
   * A key per client: an IPv4 address or an IPv6 network (/64). Null where nobody can tell one client from many: the
   * other end is a proxy that we were not told about (an address that is not public), or it names nobody.
   * @param peer the socket's remote address
   * @param forwardedFor the header `X-Forwarded-For`
   */
  keyOf(peer: string | undefined, forwardedFor: string | undefined): string | null {
    if (peer === undefined) return null;
    const key = this.recall(peer);
    if (key === 'trusted') return forwardedFor === undefined ? null : this.behindProxies(forwardedFor);
    return key === 'inside' ? null : key;
  }

  /**
   * The client's own address as far as it can be known, in the usual form: for an issuer, who wants one and judges it. Where
   * proxies name nobody, that of the socket's other end.
   * @param peer the socket's remote address
   * @param forwardedFor the header `X-Forwarded-For`
   */
  addressOf(peer: string | undefined, forwardedFor: string | undefined): string | null {
    const nearest = parse(peer ?? '');
    if (!nearest) return null;
    const isProxy = forwardedFor !== undefined && this.isTrusted(nearest);
    return ((isProxy && this.firstStranger(forwardedFor)) || nearest).toString();
  }

  private behindProxies(forwardedFor: string): string | null {
    const stranger = this.firstStranger(forwardedFor);
    return stranger && keyFor(stranger);
  }

  // From the right: every proxy appends whom it saw, so all left of the first stranger may be made up.
  private firstStranger(forwardedFor: string): Address | null {
    const hops = forwardedFor.split(',').slice(-MAX_HOPS).reverse();
    for (const hop of hops) {
      const address = parse(withoutPort(hop.trim()));
      if (!address) return null;
      if (!this.isTrusted(address)) return address;
    }
    return null;
  }

  private recall(peer: string): string {
    const found = this.known.get(peer);
    if (found !== undefined) return found;
    const address = parse(peer);
    const key = !address || isInside(address) ? 'inside' : keyFor(address);
    const answer = address && this.isTrusted(address) ? 'trusted' : key;
    if (this.known.size >= MAX_REMEMBERED) this.known.clear();
    this.known.set(peer, answer);
    return answer;
  }

  private isTrusted(address: Address): boolean {
    return this.trusted.some(([network, bits]) => address.kind() === network.kind() && address.match(network, bits));
  }
}

/** IPv4 in its own form also where it came in an IPv6 one. */
function parse(text: string): Address | null {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text) ? ipaddr.process(text) : null;
}

/** Some proxies append the port: `203.0.113.7:4711`, `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
}

function isInside(address: Address): boolean {
  return address.range() !== 'unicast';
}

function keyFor(address: Address): string {
  if (address.kind() === 'ipv4') return address.toString();
  return Buffer.from(address.toByteArray().slice(0, IPV6_PREFIX_BYTES)).toString('hex');
}
