import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { ADMIN_DEMAND, type AdminDemand } from './admin.guard';
import { AdminRequests } from './admin-requests.service';

/**
 * Has a request with an `Idempotency-Key` done once, on routes that say so (`once` of their demand), for whoever the guard
 * let in. The same key with the same method, address and body is the same request. Comes with `@AdminRoute`.
 */
@Injectable()
export class DoesOnce implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly requests: AdminRequests,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const { once } = this.reflector.get<AdminDemand>(ADMIN_DEMAND, context.getHandler());
    const { method, url, body, headers, adminActor } = context.switchToHttp().getRequest<FastifyRequest>();
    const key = headers['idempotency-key'];
    if (typeof key !== 'string' || !adminActor || once === null || once === 'harmless') return next.handle();
    const content = [method, url.split('?', 1)[0], body ?? null];
    const { answer, isRepeated } = await this.requests.run(adminActor, { key, content, once }, () =>
      lastValueFrom(next.handle(), { defaultValue: undefined }),
    );
    if (isRepeated) void context.switchToHttp().getResponse<FastifyReply>().header('Idempotent-Replayed', 'true');
    return of(answer);
  }
}
