import {
  Inject,
  Injectable,
  Optional,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { catchError, from, type Observable } from 'rxjs';
import { AUDIT_TRAIL, type AuditTrail } from '../events/audit-trail';
import { isInScope, type MerchantScope } from './actor';
import { ChangedMeanwhile } from './changed-meanwhile';

/**
 * Whoever meets somebody else's change is told whose it was and when, as far as the audit log knows and they may read there.
 * Comes with `@AdminRoute`.
 */
@Injectable()
export class TellsWhoChanged implements NestInterceptor {
  constructor(@Optional() @Inject(AUDIT_TRAIL) private readonly trail: AuditTrail | null) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { adminActor } = context.switchToHttp().getRequest<FastifyRequest>();
    return next.handle().pipe(catchError((error: unknown) => from(this.tell(error, adminActor?.merchants ?? []))));
  }

  private async tell(error: unknown, scope: MerchantScope): Promise<never> {
    if (!(error instanceof ChangedMeanwhile)) throw error;
    // Whoever cannot be told whose change it was is told all the same that there was one.
    const trace = await this.trail?.changeOf(error.subject, error.since).catch(() => null);
    if (!trace || !isInScope(scope, trace.merchantId)) throw error;
    const { at, act, by } = trace;
    throw new ChangedMeanwhile(error.subject, error.since, {
      changed: { at: at.toISOString(), act, by: { kind: by.kind, id: by.wireId, name: by.name } },
    });
  }
}
