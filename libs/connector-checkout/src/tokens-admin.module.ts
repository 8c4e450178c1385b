import { CredentialsModule } from '@app/credentials';
import { TokenCacheModule } from '@app/token-cache';
import { Module } from '@nestjs/common';
import { TokenActs } from './admin/token-acts.service';
import { AdminTokensController } from './http/admin-tokens.controller';

/** Upstream tokens for operators. Needs the ports of the admin API (`AUDIT_SINK`). */
@Module({
  imports: [CredentialsModule, TokenCacheModule],
  controllers: [AdminTokensController],
  providers: [TokenActs],
})
export class TokensAdminModule {}
