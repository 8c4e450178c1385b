import type { Clock } from '@app/kernel';
import { CLOCK, WorkQueues } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CallbackRepository } from './persistence/callback.repository';

/** The callbacks that are due, told where all queues are. */
@Injectable()
export class CallbackQueue {
  constructor(queues: WorkQueues, messages: CallbackRepository, @Inject(CLOCK) clock: Clock) {
    queues.register('callbacks', async () => {
      const { due, oldestDueAt } = await messages.backlog(clock.now());
      return { count: due, oldestAt: oldestDueAt };
    });
  }
}
