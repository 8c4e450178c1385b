import type { Clock } from '@app/kernel';
import { CLOCK, WorkQueues } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CardRepository } from './persistence/card.repository';

/** The card numbers that are due to be erased, told where all queues are. */
@Injectable()
export class CardQueue {
  constructor(queues: WorkQueues, cards: CardRepository, @Inject(CLOCK) clock: Clock) {
    queues.register('erasures', () => cards.erasuresDue(clock.now()));
  }
}
