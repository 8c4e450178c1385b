/** The simulator's memory of authentications: bounded in number and in age, gone with the process. */
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@app/kernel';
import { CLOCK } from '../config';
import type { Transaction } from './transaction';

const MAX_TRANSACTIONS = 20_000;
const MAX_AGE_MS = 2 * 60 * 60 * 1000;

/** Transactions by the 3DS Server's id and by the ACS's. */
@Injectable()
export class TransactionStore {
  private readonly byServerId = new Map<string, Transaction>();
  private readonly serverIdByAcsId = new Map<string, string>();

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Remembers a transaction and forgets the oldest ones beyond the bounds. */
  add(transaction: Transaction): void {
    this.forget(transaction.threeDSServerTransID);
    this.byServerId.set(transaction.threeDSServerTransID, transaction);
    this.serverIdByAcsId.set(transaction.acsTransID, transaction.threeDSServerTransID);
    const oldest = this.clock.now().getTime() - MAX_AGE_MS;
    for (const [id, { receivedAt }] of this.byServerId) {
      if (this.byServerId.size <= MAX_TRANSACTIONS && receivedAt.getTime() >= oldest) break;
      this.forget(id);
    }
  }

  findByServerId(threeDSServerTransID: string): Transaction | null {
    return this.byServerId.get(threeDSServerTransID) ?? null;
  }

  findByAcsId(acsTransID: string): Transaction | null {
    return this.findByServerId(this.serverIdByAcsId.get(acsTransID) ?? '');
  }

  /** The latest transaction that is not the given one: a stranger whose ids can be borrowed. */
  findAnother(than: Transaction): Transaction | null {
    let latest: Transaction | null = null;
    for (const candidate of this.byServerId.values()) if (candidate !== than) latest = candidate;
    return latest;
  }

  private forget(id: string): void {
    const known = this.byServerId.get(id);
    if (!known) return;
    this.byServerId.delete(id);
    this.serverIdByAcsId.delete(known.acsTransID);
  }
}
