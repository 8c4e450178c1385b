import { CredentialsModule } from '@app/credentials';
import { OperatorsModule } from '@app/operators';
import { Module } from '@nestjs/common';
import { DemoOperator } from './demo-operator';
import { DemoSeeder } from './demo-seeder';
import { DemoUpstreams } from './demo-upstreams';

/** The demo's merchants and operator. Does nothing by itself: the server asks for them in demo mode, once it listens. */
@Module({
  imports: [CredentialsModule, OperatorsModule],
  providers: [DemoOperator, DemoSeeder, DemoUpstreams],
  exports: [DemoSeeder],
})
export class DemoModule {}
