import { PublicKeys, type PublicKey } from '@app/credentials';
import { NotAllowed, Unauthenticated } from '@app/kernel';
import { PublicAddress, RateLimits } from '@app/platform';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const BEARER = /^bearer +/i;

declare module 'fastify' {
  interface FastifyRequest {
    /** Which channel's page calls; set by the guard of what pages may call. */
    publicKey?: PublicKey;
  }
}

/**
 * Lets in who names a public key: `Authorization: pk_…`, with or without `Bearer`. A key is no proof, so what it opens takes
 * cards and tells nothing. Each key has its own rate.
 */
@Injectable()
export class PublicKeyGuard implements CanActivate {
  constructor(
    private readonly keys: PublicKeys,
    private readonly limits: RateLimits,
    private readonly address: PublicAddress,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const text = (request.headers.authorization ?? '').replace(BEARER, '').trim();
    const key = await this.keys.findWelcome(text);
    if (!key) throw new Unauthenticated('There is no such public key');
    if (!isWelcome(request.headers.origin, key.allowedOrigins, this.address.url)) {
      throw new NotAllowed('origin_not_allowed', 'The public key is for pages of other origins');
    }
    this.limits.take('cards', key.id);
    request.publicKey = key;
    return true;
  }
}

/** Pages of our own may be in a frame of the merchant's page: who may frame them is theirs to say. */
function isWelcome(origin: string | undefined, allowed: readonly string[], ourUrl: string): boolean {
  if (allowed.length === 0) return true;
  return origin !== undefined && (allowed.includes(origin) || origin === new URL(ourUrl).origin);
}
