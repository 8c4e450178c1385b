import { SystemClock } from '@app/kernel';
import { AUDIT_SINK, AUDIT_TRAIL } from '@app/platform';
import { Module } from '@nestjs/common';
import { AuditLog } from './audit-log.service';
import { AdminAuthenticator } from './http/admin-authenticator';
import { AdminAccessController } from './http/admin-access.controller';
import { AuditController } from './http/audit.controller';
import { OidcController } from './http/oidc.controller';
import { OperatorsController } from './http/operators.controller';
import { ServiceAccountsController } from './http/service-accounts.controller';
import { ServiceAccountRepository } from './persistence/service-account.repository';
import { ServiceAccounts } from './service-accounts.service';
import { AuthController } from './http/auth.controller';
import { Entrance } from './entrance.service';
import { IdentityProvider } from './oidc/identity-provider.service';
import { OidcAlerts } from './oidc/oidc-alerts';
import { OidcSignIn } from './oidc/oidc-sign-in.service';
import { OidcTickets } from './oidc/oidc-tickets.service';
import { OidcReturnRepository } from './persistence/oidc-return.repository';
import { Surroundings } from './http/surroundings';
import { Grants } from './grants.service';
import { Invitations } from './invitations.service';
import { OperatorsHousekeepingJob } from './jobs/operators-housekeeping.job';
import { OperatorsAdmin } from './operators-admin.service';
import { InvitationRepository } from './persistence/invitation.repository';
import { OperatorAccount } from './operator-account.service';
import { OperatorSessions } from './operator-sessions.service';
import { OPERATORS_CLOCK } from './operators.clock';
import { Passwords } from './passwords.service';
import { AuditRepository } from './persistence/audit.repository';
import { OperatorSessionRepository } from './persistence/operator-session.repository';
import { OperatorRepository } from './persistence/operator.repository';
import { SecondFactorRepository } from './persistence/second-factor.repository';
import { SignInThrottleRepository } from './persistence/sign-in-throttle.repository';
import { SecondFactors } from './second-factor.service';
import { SignInThrottle } from './sign-in-throttle.service';
import { SignIn } from './sign-in.service';

/**
 * People and programs that use the admin API, and the audit log of what they did. Needs the global `PlatformModule`, and
 * `ScheduleModule.forRoot()` for the tick. The server binds its parts to the platform's ports for all other libs.
 */
@Module({
  controllers: [
    AdminAccessController,
    AuditController,
    AuthController,
    OidcController,
    OperatorsController,
    ServiceAccountsController,
  ],
  providers: [
    { provide: OPERATORS_CLOCK, useClass: SystemClock },
    { provide: AUDIT_SINK, useExisting: AuditLog },
    { provide: AUDIT_TRAIL, useExisting: AuditLog },
    AdminAuthenticator,
    AuditLog,
    AuditRepository,
    Entrance,
    Grants,
    IdentityProvider,
    InvitationRepository,
    Invitations,
    OidcAlerts,
    OidcReturnRepository,
    OidcSignIn,
    OidcTickets,
    OperatorAccount,
    OperatorRepository,
    OperatorSessionRepository,
    OperatorSessions,
    OperatorsAdmin,
    OperatorsHousekeepingJob,
    Passwords,
    SecondFactorRepository,
    SecondFactors,
    ServiceAccountRepository,
    ServiceAccounts,
    SignIn,
    SignInThrottle,
    SignInThrottleRepository,
    Surroundings,
  ],
  exports: [AdminAuthenticator, AuditLog, OperatorsAdmin, ServiceAccounts],
})
export class OperatorsModule {}
