import { SIMULATOR } from '@app/sessions';
import { Module } from '@nestjs/common';
import { SimulatorClient } from './simulator.client';
import { SimulatorController } from './simulator.controller';

/** The simulator beside this server. Imported in demo mode only, so nowhere else has anything of it a route. */
@Module({
  controllers: [SimulatorController],
  providers: [SimulatorClient, { provide: SIMULATOR, useExisting: SimulatorClient }],
  exports: [SIMULATOR],
})
export class SimulatorModule {}
