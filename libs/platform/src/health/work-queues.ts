import { Injectable } from '@nestjs/common';

/** What waits to be done now, and since when the oldest of it. */
export interface QueueDepth {
  readonly count: number;
  readonly oldestAt: Date | null;
}

/** The queues of this installation; each lib registers its own. */
@Injectable()
export class WorkQueues {
  private readonly queues = new Map<string, () => Promise<QueueDepth>>();

  register(name: string, look: () => Promise<QueueDepth>): void {
    this.queues.set(name, look);
  }

  /** All of them as they are now, by name. */
  async depths(): Promise<readonly (QueueDepth & { readonly name: string })[]> {
    return Promise.all([...this.queues].map(async ([name, look]) => ({ name, ...(await look()) })));
  }
}
