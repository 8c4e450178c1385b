import { AuditEntryEntity } from './audit-entry.entity';
import { AuditHeadEntity } from './audit-head.entity';
import { OperatorInvitationEntity } from './operator-invitation.entity';
import { OperatorRecoveryCodeEntity } from './operator-recovery-code.entity';
import { OperatorSessionEntity } from './operator-session.entity';
import { OidcReturnEntity } from './oidc-return.entity';
import { OperatorEntity } from './operator.entity';
import { ServiceAccountEntity } from './service-account.entity';
import { SignInThrottleEntity } from './sign-in-throttle.entity';

/** Tables of operators, for the one data source. */
export const OPERATORS_ENTITIES = [
  OperatorEntity,
  OperatorRecoveryCodeEntity,
  OperatorInvitationEntity,
  OperatorSessionEntity,
  OidcReturnEntity,
  SignInThrottleEntity,
  ServiceAccountEntity,
  AuditEntryEntity,
  AuditHeadEntity,
];
