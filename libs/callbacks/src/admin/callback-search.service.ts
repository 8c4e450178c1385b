import { NotFound } from '@app/kernel';
import type { AdminActor, ListQuery, ListRow } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { CallbackSearchRepository } from '../persistence/callback-search.repository';
import type { CallbackField, CallbackLine, CallbackSort, ShownCallback } from './callback-listing';

/** What operators read of callbacks, within the merchants of their scope. */
@Injectable()
export class CallbackSearch {
  constructor(private readonly callbacks: CallbackSearchRepository) {}

  /** One page, and one row more where more are there. */
  list({ merchants }: AdminActor, query: ListQuery<CallbackField, CallbackSort>): Promise<(CallbackLine & ListRow)[]> {
    return this.callbacks.list(query, merchants);
  }

  /** @throws NotFound when there is none of that id (UUID) within the actor's scope */
  async show({ merchants }: AdminActor, id: string): Promise<ShownCallback> {
    const message = await this.callbacks.find(id, merchants);
    if (!message) throw new NotFound('callback');
    return message;
  }
}
