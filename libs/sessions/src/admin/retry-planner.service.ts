import { CardVault } from '@app/cards';
import { CredentialsAdmin } from '@app/credentials';
import { NotFound } from '@app/kernel';
import type { AdminActor } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { ConnectorRegistry } from '../connector-registry';
import { planRetry, type RetryChain, type RetryPlan } from '../domain/retry';
import type { Session } from '../domain/session';
import { NoticeRepository } from '../persistence/notice.repository';
import { SessionRetryRepository } from '../persistence/session-retry.repository';
import { SessionSearchRepository } from '../persistence/session-search.repository';
import { SessionRepository } from '../persistence/session.repository';

/** What trying a session again would do, with what that was found from. */
export interface PlannedRetry {
  /** Null where the request was turned away: there is no attempt to speak of. */
  readonly session: Session | null;
  readonly plan: RetryPlan;
  readonly chain: RetryChain;
}

const TURNED_AWAY: PlannedRetry = {
  session: null,
  plan: { kind: 'not_possible', code: 'session_refused' },
  chain: { retryOf: null, retriedAs: null, number: 1 },
};

/** Finds out what can be done for a session that is to be tried again; changes nothing. */
@Injectable()
export class RetryPlanner {
  constructor(
    private readonly repository: SessionRepository,
    private readonly search: SessionSearchRepository,
    private readonly notices: NoticeRepository,
    private readonly retries: SessionRetryRepository,
    private readonly connectors: ConnectorRegistry,
    private readonly merchants: CredentialsAdmin,
    private readonly vault: CardVault,
  ) {}

  /** @throws NotFound when there is none of that id (UUID) within the actor's scope */
  async plan(actor: AdminActor, id: string): Promise<PlannedRetry> {
    const summary = await this.search.find(id, actor.merchants);
    if (!summary) throw new NotFound('session');
    const session = summary.refusalCode === null ? await this.repository.findById(id) : null;
    if (!session) return TURNED_AWAY;
    const { merchantId } = session;
    const [merchant, card, chain, notices] = await Promise.all([
      this.merchants.findMerchant(merchantId),
      this.vault.find(id, merchantId),
      this.retries.chainOf(id, merchantId),
      this.notices.findLeftOf(id),
    ]);
    const plan = planRetry({
      session,
      merchantIsActive: merchant?.status === 'active',
      hasCard: card !== null,
      isRetried: chain.retriedAs !== null,
      left: { ...this.askable(session), notices: notices.length > 0 },
    });
    return { session, plan, chain };
  }

  private askable({ attempt, flow, status }: Session): { question: boolean; link: boolean } {
    return {
      question: this.connectors.inquires(attempt.connector) && attempt.progress !== 'planned',
      link: flow === 'hosted' && status === 'pending',
    };
  }
}
