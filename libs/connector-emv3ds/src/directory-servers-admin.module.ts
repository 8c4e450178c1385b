import { Module } from '@nestjs/common';
import { DirectoryServerActs } from './admin/directory-server-acts.service';
import { Emv3dsConnectorModule } from './emv3ds-connector.module';
import { AdminDirectoryServersController } from './http/admin-directory-servers.controller';

/** Directory servers for operators. Needs the ports of the admin API (`AUDIT_SINK`). */
@Module({
  imports: [Emv3dsConnectorModule],
  controllers: [AdminDirectoryServersController],
  providers: [DirectoryServerActs],
})
export class DirectoryServersAdminModule {}
