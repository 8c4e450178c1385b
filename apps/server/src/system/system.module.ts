import { Module, type DynamicModule } from '@nestjs/common';
import { HeartbeatJob } from './heartbeat.job';
import { Installation } from './installation';
import { SystemController } from './system.controller';
import { Ticks } from './ticks';

/** How this installation runs: told by each process, shown to operators. */
@Module({})
export class SystemModule {
  static with(ticks: Ticks): DynamicModule {
    return {
      module: SystemModule,
      controllers: [SystemController],
      providers: [{ provide: Ticks, useValue: ticks }, HeartbeatJob, Installation],
    };
  }
}
