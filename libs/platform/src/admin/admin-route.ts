import {
  applyDecorators,
  createParamDecorator,
  SetMetadata,
  UseGuards,
  UseInterceptors,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AdminActor } from './actor';
import { ADMIN_DEMAND, AdminGuard, type AdminDemand, type Once } from './admin.guard';
import { DoesOnce } from './does-once.interceptor';
import type { Permission } from './permissions';
import { TellsWhoChanged } from './tells-who-changed.interceptor';

/**
 * Makes a method a guarded route of the admin API: only who has `permission` gets in. `ofAllMerchants` for what concerns
 * the whole installation, `once` for what becomes of a repeated `POST`. Rows of merchants outside the actor's scope are the method's own business (`assertInScope`,
 * `readInScope`).
 */
export function AdminRoute(
  permission: Permission,
  { ofAllMerchants = false, once = null }: { ofAllMerchants?: boolean; once?: Once | null } = {},
): MethodDecorator {
  return applyDecorators(
    SetMetadata(ADMIN_DEMAND, { permission, ofAllMerchants, once } satisfies AdminDemand),
    UseGuards(AdminGuard),
    UseInterceptors(TellsWhoChanged, DoesOnce),
  );
}

/** The parameter of an admin route that is who calls it. */
export const Actor = createParamDecorator((_: unknown, context: ExecutionContext): AdminActor => {
  const { adminActor } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!adminActor) throw new Error('The admin guard did not run');
  return adminActor;
});
