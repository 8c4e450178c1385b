import { CredentialsModule } from '@app/credentials';
import { OperatorsModule } from '@app/operators';
import { DemoSessionsModule } from '@app/sessions';
import { Module } from '@nestjs/common';
import { DemoHistory } from './demo-history';
import { DemoOperator } from './demo-operator';
import { DemoSeeder } from './demo-seeder';
import { DemoUpstreams } from './demo-upstreams';

/** The demo's merchants, operator and past. Does nothing by itself: the server asks for them in demo mode, once it listens. */
@Module({
  imports: [CredentialsModule, DemoSessionsModule, OperatorsModule],
  providers: [DemoHistory, DemoOperator, DemoSeeder, DemoUpstreams],
  exports: [DemoHistory, DemoSeeder],
})
export class DemoModule {}
