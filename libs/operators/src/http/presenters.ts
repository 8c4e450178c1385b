import { encodeId } from '@app/kernel';
import type { AdminActor } from '@app/platform';
import { grantFacts } from '../domain/facts';
import type { Operator } from '../domain/operator';
import type { ShownFactor } from '../second-factor.service';

type Json = Readonly<Record<string, unknown>>;

/** An operator as others see one. */
export function presentOperator(operator: Operator): Json {
  return {
    id: encodeId('operator', operator.id),
    email: operator.email,
    name: operator.name,
    ...grantFacts(operator),
    status: operator.status,
    has_second_factor: operator.hasSecondFactor,
    created_at: operator.createdAt.toISOString(),
    last_signed_in_at: operator.lastSignedInAt?.toISOString() ?? null,
  };
}

/** What everybody is told of themselves. */
export function presentActor(actor: AdminActor): Json {
  return {
    id: actor.wireId,
    kind: actor.kind,
    name: actor.name,
    ...grantFacts(actor),
    permissions: [...actor.permissions],
  };
}

/** The second factor that a request shows, if any. */
export function shownFactor(body: { totp?: string; recovery_code?: string }): ShownFactor | null {
  if (body.totp !== undefined) return { totp: body.totp };
  return body.recovery_code === undefined ? null : { recoveryCode: body.recovery_code };
}
