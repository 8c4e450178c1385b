import { AccessTokens } from '@app/credentials';
import { Unauthenticated } from '@app/kernel';
import { RateLimits } from '@app/platform';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { hashSecret, SESSION_SECRET, type ApiCaller } from '../caller';

const BEARER = /^bearer +/i;

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; set by the guard of the session routes. */
    caller?: ApiCaller;
  }
}

/**
 * Tells the two ways in apart by the value (section 4): `Bearer <token>`, or the raw session secret. Each access key and
 * each secret has its own rate.
 */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const header = request.headers.authorization ?? '';
    const bearer = BEARER.test(header);
    const value = header.replace(BEARER, '').trim();
    if (SESSION_SECRET.test(value)) request.caller = { kind: 'secret', secret: value };
    else if (bearer) request.caller = { kind: 'token', actor: await this.tokens.verify(value) };
    else throw new Unauthenticated();
    this.limits.take('sessions', rateKey(request.caller));
    return true;
  }
}

/** An access key's id; for a secret its hash, because the secret itself stays nowhere. */
function rateKey(caller: ApiCaller): string {
  return caller.kind === 'token' ? caller.actor.accessKeyId : hashSecret(caller.secret).toString('base64');
}
