import { CredentialsModule } from '@app/credentials';
import { Module } from '@nestjs/common';
import { CallbackDeliveries } from './callback-deliveries';
import { CallbackSender } from './callback-sender';
import { Callbacks } from './callbacks.service';
import { CallbackQueue } from './callback-queue';
import { CallbackSweeper } from './jobs/callback-sweeper.job';
import { CallbackReplays } from './callback-replays.service';
import { CallbackReplayRepository } from './persistence/callback-replay.repository';
import { CallbackSearchRepository } from './persistence/callback-search.repository';
import { CallbackRepository } from './persistence/callback.repository';

/** Callbacks with their sweeper. Needs the global PlatformModule, and ScheduleModule.forRoot() for the ticks. */
@Module({
  imports: [CredentialsModule],
  providers: [
    CallbackRepository,
    CallbackReplayRepository,
    CallbackSearchRepository,
    CallbackSender,
    CallbackDeliveries,
    CallbackQueue,
    CallbackSweeper,
    Callbacks,
    CallbackReplays,
  ],
  exports: [Callbacks, CallbackReplays],
})
export class CallbacksModule {}
