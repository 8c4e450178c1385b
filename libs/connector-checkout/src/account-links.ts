import { Injectable } from '@nestjs/common';
import { Bulkhead, Metrics } from '@app/platform';
import { BREAKER, BULKHEAD } from './checkout.settings';
import { Circuit } from './circuit';

/** What keeps calls with one account in bounds. */
export interface AccountLink {
  circuit: Circuit;
  bulkhead: Bulkhead;
}

/** More accounts than this at once are rare; those that are idle and well then make room. */
const MAX_KEPT = 10_000;

/** A circuit and a bulkhead per account, in this process's memory. */
@Injectable()
export class AccountLinks {
  private readonly links = new Map<string, AccountLink>();

  constructor(metrics: Metrics) {
    const open = metrics.gauge('upstream_circuits_open', 'Upstream accounts that are left alone at present');
    Object.assign(open, { collect: () => open.set([...this.links.values()].filter(isOpen).length) });
  }

  of(accountId: string): AccountLink {
    const known = this.links.get(accountId);
    if (known) return known;
    if (this.links.size >= MAX_KEPT) this.makeRoom();
    const link = {
      circuit: new Circuit({ ...BREAKER, now: () => performance.now() }),
      bulkhead: new Bulkhead(BULKHEAD),
    };
    this.links.set(accountId, link);
    return link;
  }

  /** Whether calls with the account have a chance, as far as is known. */
  isHealthy(accountId: string): boolean {
    return this.links.get(accountId)?.circuit.isOpen !== true;
  }

  private makeRoom(): void {
    for (const [accountId, link] of this.links) {
      if (link.bulkhead.isIdle && !isOpen(link)) this.links.delete(accountId);
    }
  }
}

const isOpen = ({ circuit }: AccountLink): boolean => circuit.isOpen;
