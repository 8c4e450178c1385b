import { CardBinsModule } from '@app/cards';
import { CredentialsModule } from '@app/credentials';
import { OperatorsModule } from '@app/operators';
import { DemoSessionsModule } from '@app/sessions';
import { Module } from '@nestjs/common';
import { DemoBins } from './demo-bins';
import { DemoHistory } from './demo-history';
import { DemoOperator } from './demo-operator';
import { DemoSeeder } from './demo-seeder';
import { DemoUpstreams } from './demo-upstreams';

/** The demo's merchants, operator and past. Does nothing by itself: the server asks for them in demo mode, once it listens. */
@Module({
  imports: [CardBinsModule, CredentialsModule, DemoSessionsModule, OperatorsModule],
  providers: [DemoBins, DemoHistory, DemoOperator, DemoSeeder, DemoUpstreams],
  exports: [DemoHistory, DemoSeeder],
})
export class DemoModule {}
