import { CredentialsAdmin, CredentialsModule } from '@app/credentials';
import { AdminAuthenticator, AuditLog, OperatorsModule } from '@app/operators';
import {
  ADMIN_ACTORS,
  ADMIN_AUTHENTICATION,
  AUDIT_SINK,
  AUDIT_TRAIL,
  MERCHANT_REGISTER,
  type MerchantRegister,
} from '@app/platform';
import { Global, Module } from '@nestjs/common';

/** Binds the ports that the admin API needs in every lib: who calls, the audit log, which merchants there are. */
@Global()
@Module({
  imports: [CredentialsModule, OperatorsModule],
  providers: [
    { provide: ADMIN_AUTHENTICATION, useExisting: AdminAuthenticator },
    { provide: ADMIN_ACTORS, useExisting: AdminAuthenticator },
    { provide: AUDIT_SINK, useExisting: AuditLog },
    { provide: AUDIT_TRAIL, useExisting: AuditLog },
    {
      provide: MERCHANT_REGISTER,
      useFactory: (admin: CredentialsAdmin): MerchantRegister => ({
        haveAll: async (ids) => {
          const found = await Promise.all([...new Set(ids)].map((id) => admin.findMerchant(id)));
          return found.every((merchant) => merchant !== null);
        },
      }),
      inject: [CredentialsAdmin],
    },
  ],
  exports: [ADMIN_ACTORS, ADMIN_AUTHENTICATION, AUDIT_SINK, AUDIT_TRAIL, MERCHANT_REGISTER],
})
export class AdminModule {}
