import type { LookupAddress, LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { AppConfig } from '../config/app-config';
import { MerchantNames } from './merchant-names';
import { isPublicAddress } from './public-internet';

/** A connection would have gone where merchants' addresses must not lead. Names neither host nor address. */
export class ForbiddenAddress extends Error {
  constructor() {
    super('The address is not one of the public internet');
    this.name = 'ForbiddenAddress';
  }
}

/** What tests put in place of the world: how names resolve, and which addresses are public. */
export interface Surroundings {
  resolve(
    hostname: string,
    options: LookupOptions & { all: true },
    done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ): void;
  isPublic(address: string): boolean;
}

const theWorld = (): Surroundings => ({ resolve: new MerchantNames().resolve, isPublic: isPublicAddress });

/**
 * The one place that decides where addresses given by merchants may lead. Outside demo mode: https only, and public
 * addresses only, looked at on the connection itself, so that no name can resolve to one thing for the check and to
 * another for the call. In demo mode: anywhere, or no laptop could run it.
 */
export class MerchantAddresses {
  constructor(
    private readonly config: Pick<AppConfig, 'demo'>,
    private readonly world: Surroundings = theWorld(),
  ) {}

  /**
   * Whether `url` is an address that may be given to us, and called: as far as its text tells. What its name resolves to
   * is a matter of each connection.
   */
  allows(url: string): boolean {
    const parsed = URL.parse(url);
    if (parsed === null || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return false;
    if (this.config.demo) return true;
    if (parsed.protocol !== 'https:') return false;
    // The parser has put every spelling of an IPv4 address (octal, hex, one number) into its usual form.
    const host = parsed.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
    return isIP(host) === 0 ? !/(^|\.)localhost$/i.test(host) : this.world.isPublic(host);
  }

  /** Connects for undici, and only to where it may. */
  connector(options: { timeout: number }): buildConnector.connector {
    // `buildConnector` hands what it does not know to `net.connect`; its types leave the lookup out.
    const connect = buildConnector({ ...options, lookup: this.lookup });
    return (target, done) => {
      connect(target, (...[error, socket]) => {
        // Whatever way led here: nothing is sent to where it must not go.
        if (socket && !this.mayReach(socket.remoteAddress ?? '')) {
          socket.destroy();
          done(new ForbiddenAddress(), null);
        } else if (error) done(error, null);
        else done(null, socket);
      });
    };
  }

  private mayReach(address: string): boolean {
    return this.config.demo || this.world.isPublic(address);
  }

  // Of a name that leads to several addresses those that are not public are never tried.
  private readonly lookup: LookupFunction = (hostname, options, done) => {
    this.world.resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, [], 0);
      const allowed = addresses.filter(({ address }) => this.mayReach(address));
      const [first] = allowed;
      if (!first) done(new ForbiddenAddress(), [], 0);
      else if (options.all) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };
}
