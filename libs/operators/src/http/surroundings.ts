import { ClientAddresses, PublicAddress, type Origin } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Whence } from '../sign-in.service';

/** Where requests come from, and whether the way there is https. */
@Injectable()
export class Surroundings {
  constructor(
    private readonly addresses: ClientAddresses,
    private readonly publicAddress: PublicAddress,
  ) {}

  /** Whether browsers reach us by https: what they are told to keep then never goes over http. */
  get isSecure(): boolean {
    return this.publicAddress.url.startsWith('https:');
  }

  /** The path that stands before all of ours in a browser. */
  get pathPrefix(): string {
    return this.publicAddress.path;
  }

  originOf(request: FastifyRequest): Origin {
    return { address: this.addresses.addressOf(...waysOf(request)), requestId: request.id };
  }

  whenceOf(request: FastifyRequest): Whence {
    return { origin: this.originOf(request), throttleKey: this.addresses.keyOf(...waysOf(request)) };
  }
}

/** The socket's other end, and what proxies say stands behind it; several headers of the name count as one. */
function waysOf({ socket, headers }: FastifyRequest): [peer: string | undefined, forwardedFor: string | undefined] {
  const forwarded = headers['x-forwarded-for'];
  return [socket.remoteAddress, Array.isArray(forwarded) ? forwarded.join(',') : forwarded];
}
