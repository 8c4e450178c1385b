import { NotAllowed, Unauthenticated } from '@app/kernel';
import { Inject, Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { AdminActor } from './actor';
import { ADMIN_AUTHENTICATION, type AdminAuthentication } from './admin-authentication';
import type { Permission } from './permissions';

/**
 * What becomes of a request that is sent again with the same `Idempotency-Key`. `answered`: it is answered as before.
 * `told_once`: its answer holds a secret and is not kept, so a repeat is refused. `by_itself`: the act takes the key too, does
 * nothing twice, and tells a repeat how things stand by then. `harmless`: it makes and changes nothing that a repeat would do twice.
 */
export type Once = 'answered' | 'told_once' | 'by_itself' | 'harmless';

/** Of those that take a key. */
export type KeyedOnce = Exclude<Once, 'harmless'>;

/** What a route of the admin API demands of its caller. */
export interface AdminDemand {
  readonly permission: Permission;
  /** It is about the whole installation: a scope of some merchants is not enough. */
  readonly ofAllMerchants: boolean;
  /** Every `POST` says this; null for all others. */
  readonly once: Once | null;
}

/** Metadata of a route: its `AdminDemand`. */
export const ADMIN_DEMAND = 'countersign:admin-demand';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls the admin API; set by its guard. */
    adminActor?: AdminActor;
  }
}

/** The one guard of the admin API: who calls, and whether that one may. Comes with `@AdminRoute`. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Optional() @Inject(ADMIN_AUTHENTICATION) private readonly authentication: AdminAuthentication | null,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const demand = this.reflector.get<AdminDemand | undefined>(ADMIN_DEMAND, context.getHandler());
    if (!demand) throw new Error('A route of the admin API does not say what it demands');
    // Where nobody says who is who, nobody gets in.
    if (!this.authentication) throw new Unauthenticated();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const actor = await this.authentication.authenticate(request);
    if (!actor.permissions.has(demand.permission)) {
      throw new NotAllowed('permission_missing', `Needs the permission ${demand.permission}`);
    }
    if (demand.ofAllMerchants && actor.merchants !== 'all') {
      throw new NotAllowed('merchant_scope_insufficient', 'Concerns the whole installation');
    }
    request.adminActor = actor;
    return true;
  }
}
