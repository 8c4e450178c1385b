import { encodeId } from '@app/kernel';
import type { AdminActor } from '@app/platform';
import { grantFacts } from '../domain/facts';
import type { AuditLine } from '../domain/audit-chain';
import type { Operator, ServiceAccount } from '../domain/operator';
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
    identity: presentIdentity(operator),
    created_at: operator.createdAt.toISOString(),
    last_signed_in_at: operator.lastSignedInAt?.toISOString() ?? null,
    version: operator.version,
  };
}

/** Whom an operator is at the identity provider; null before the first sign-in there. */
export function presentIdentity({ identity }: Operator): Json | null {
  return identity && { issuer: identity.issuer, subject: identity.subject, linked_at: identity.linkedAt.toISOString() };
}

/** A service account, without its secret. */
export function presentServiceAccount(account: ServiceAccount): Json {
  return {
    id: encodeId('serviceAccount', account.id),
    name: account.name,
    ...grantFacts(account),
    created_at: account.createdAt.toISOString(),
    last_used_at: account.lastUsedAt?.toISOString() ?? null,
    revoked_at: account.revokedAt?.toISOString() ?? null,
  };
}

/** An entry of the audit log. */
export function presentAuditLine(line: AuditLine): Json {
  return {
    id: encodeId('auditEntry', line.id),
    seq: line.seq,
    at: line.at.toISOString(),
    merchant_id: line.merchantId && encodeId('merchant', line.merchantId),
    actor: { kind: line.actorKind, id: line.actorId, name: line.actorName },
    act: line.act,
    subject: line.subject,
    before: line.before,
    after: line.after,
    reason: line.reason,
    address: line.address,
    request_id: line.requestId,
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
