import type {
  Attempt,
  AttemptRequest,
  AuthenticationConnector,
  Capability,
  ErrorFacts,
  Exchange,
  LearnedStep,
  Plan,
  Signal,
  StartedAttempt,
  Step,
} from '@app/authentication-port';
import { ConnectorAccounts, type ConnectorAccountView } from '@app/credentials';
import { DIRECTORY_SERVER_RID, directoryServerOf, newUuidV4, schemeOfDigits, type Clock } from '@app/kernel';
import { CLOCK } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AccountLinks } from './account-links';
import { CheckoutClient, type UpstreamCall } from './checkout.client';
import { CONNECTOR_ID } from './checkout.settings';
import type { UpstreamSession } from './checkout.wire';
import { exchangesOf } from './exchanges';
import { InboundAddress } from './inbound-address';
import { judge, type Judgement } from './judgement';
import { noticeStep } from './notice.mapper';
import { referenceKey, sessionOfReference } from './reference';
import { deviceOf, toChannelData, toSessionRequest } from './request.mapper';
import { stateWith, toStep, type CheckoutState } from './response.mapper';
import { VERBS, type Verb } from './verbs';

/** A call that was made, what it meant, and what is kept of it. */
interface Made {
  judgement: Judgement;
  exchanges: Exchange[];
}

/** What an answer must have to be the one of this attempt. */
type Expected = Pick<StartedAttempt, 'request' | 'state'>;

/**
 * Authenticates through a merchant's own account at Checkout.com, or at anything that speaks its Sessions API. Keeps nothing
 * about sessions. The upstream has neither search nor idempotency: what may have reached an issuer is never sent again.
 */
@Injectable()
export class CheckoutConnector implements AuthenticationConnector {
  readonly id = CONNECTOR_ID;
  readonly supports: ReadonlySet<Capability> = new Set<Capability>([
    'browser',
    'app',
    'threeRI',
    'instrumentPassThrough',
  ]);
  readonly inquires = true;

  constructor(
    private readonly client: CheckoutClient,
    private readonly accounts: ConnectorAccounts,
    private readonly links: AccountLinks,
    private readonly addresses: InboundAddress,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A guess, but for the names: only the upstream knows the card. */
  plan({ source, sessionId }: AttemptRequest): Plan {
    const guessed = 'number' in source ? schemeOfDigits(source.number.bin) : null;
    const scheme = source.scheme ?? guessed ?? 'visa';
    return {
      outcome: 'planned',
      startsAt: 'creation',
      scheme,
      protocolVersion: '2.2.0',
      transactionId: newUuidV4(),
      directoryServer: { id: DIRECTORY_SERVER_RID[directoryServerOf(scheme)] },
      correlationKey: referenceKey(sessionId),
      state: {},
    };
  }

  isHealthy({ merchantId, environment }: Pick<AttemptRequest, 'merchantId' | 'environment'>): boolean {
    const account = this.accounts.peek(merchantId, CONNECTOR_ID, environment);
    return account === undefined || (account !== null && this.links.isHealthy(account.id));
  }

  async start(attempt: Attempt): Promise<Step> {
    const { upstreamId, hearsay } = stateOf(attempt);
    if (upstreamId !== undefined && hearsay !== true) return this.goOn(attempt);
    return this.open({ ...attempt, state: stateWith(attempt.state, { upstreamId: undefined, hearsay: undefined }) });
  }

  /** A session there that was made before is the one: two could each ask the issuer. */
  private goOn(attempt: Attempt): Promise<Step> {
    const device = deviceOf(attempt);
    if (device === undefined) return this.fetch(attempt);
    return this.collect(attempt, { type: 'channel_data', device, methodCompletion: attempt.methodCompletion });
  }

  private async open(attempt: Attempt): Promise<Step> {
    const { merchantId, environment, sessionId } = attempt.request;
    const account = await this.accounts.forMerchant(merchantId, CONNECTOR_ID, environment);
    if (!account) return unreachable(noAccount('The merchant has no account'), []);
    const verb = deviceOf(attempt) === undefined ? 'create' : 'create_and_ask';
    const body = toSessionRequest(attempt, {
      callbackUrl: this.addresses.of('callback', sessionId),
      challengeNotificationUrl: this.addresses.of('challenge', sessionId),
      accountId: account.id,
      processingChannelId: account.upstreamProcessingChannelId,
    });
    const { judgement, exchanges } = await this.make({ account, verb, body }, attempt);
    const known = { ...attempt, state: stateWith(attempt.state, { accountId: account.id }) };
    // Without device data no issuer can have been asked: what became of it does not matter.
    if (judgement.is === 'unknown' && verb === 'create') return unreachable(judgement.cause, exchanges);
    return this.stepOf(known, judgement, exchanges);
  }

  async advance(attempt: StartedAttempt, signal: Signal): Promise<Step> {
    switch (signal.type) {
      case 'notice':
        return noticeStep(attempt, signal.notice, this.clock.now());
      case 'channel_data':
        return this.collect(attempt, signal);
      case 'method_completion':
        return this.tellMethod(attempt, signal.methodCompletion, signal.willAsk);
      case 'completed':
        return this.complete(attempt);
      case 'challenge_returned':
      case 'timer':
        return { ...waiting(attempt), inquire: true };
      // The issuer ends it by itself; asking then tells.
      case 'challenge_declined':
        return waiting(attempt);
    }
  }

  async fetch(attempt: StartedAttempt): Promise<Step> {
    const { upstreamId } = stateOf(attempt);
    const account = await this.accountOf(attempt);
    if (upstreamId === undefined || !account) return waiting(attempt);
    const { judgement, exchanges } = await this.make({ account, verb: 'get', upstreamId }, attempt);
    // One that a webhook told of may not have known whose it is.
    const known = { ...attempt, state: stateWith(attempt.state, { accountId: account.id }) };
    return judgement.is === 'session'
      ? this.stepOf(known, judgement, exchanges)
      : { ...waiting(attempt), ...this.withoutHearsay(attempt, judgement), exchanges };
  }

  private async collect(
    attempt: StartedAttempt,
    { device, methodCompletion }: Extract<Signal, { type: 'channel_data' }>,
  ): Promise<Step> {
    const { upstreamId } = stateOf(attempt);
    const account = await this.accountOf(attempt);
    if (upstreamId === undefined || !account) return unreachable(noAccount('The session is not known there'), []);
    const body = toChannelData(device, methodCompletion);
    const collected = await this.ask(attempt, { account, verb: 'collect_data', upstreamId, body });
    const stillWantsMethod = 'facts' in collected && collected.next === 'need_method' && methodCompletion !== 'U';
    if (!stillWantsMethod) return collected;
    const told = await this.ask(after(attempt, collected), {
      account,
      verb: 'fingerprint_and_ask',
      upstreamId,
      body: { three_ds_method_completion: methodCompletion },
    });
    return { ...told, exchanges: [...collected.exchanges, ...told.exchanges] };
  }

  private async tellMethod(attempt: StartedAttempt, completion: 'Y' | 'N' | 'U', willAsk: boolean): Promise<Step> {
    const { upstreamId } = stateOf(attempt);
    const account = await this.accountOf(attempt);
    if (upstreamId === undefined || !account) return unreachable(noAccount('The session is not known there'), []);
    const verb: Verb = willAsk ? 'fingerprint_and_ask' : 'fingerprint';
    const body = { three_ds_method_completion: completion };
    return this.ask(attempt, { account, verb, upstreamId, body });
  }

  /** Where it is not known what became of a change, reading the session tells. */
  private async ask(attempt: StartedAttempt, call: UpstreamCall): Promise<Step> {
    const { judgement, exchanges } = await this.make(call, attempt);
    if (judgement.is !== 'unknown' && judgement.is !== 'other_state') {
      return this.stepOf(attempt, judgement, exchanges);
    }
    const read = await this.make({ account: call.account, verb: 'get', upstreamId: call.upstreamId ?? '' }, attempt);
    const all = [...exchanges, ...read.exchanges];
    if (read.judgement.is !== 'session') return { ...waiting(attempt), inquire: true, exchanges: all };
    const step = { ...toStep(attempt, read.judgement.session), exchanges: all };
    const isTooSoon = VERBS[call.verb].asksIssuer && judgement.mayBeUnderWay === true && isMerchantsTurn(step);
    return isTooSoon ? { ...step, next: 'waiting', inquire: true } : step;
  }

  /** Best effort: only that the upstream's own books are closed depends on it. */
  private async complete(attempt: StartedAttempt): Promise<Step> {
    const { accountId, upstreamId, closed } = stateOf(attempt);
    // Nothing was made there that could be closed.
    if (accountId === undefined) return { ...waiting(attempt), state: stateWith(attempt.state, { closed: true }) };
    const account = await this.accountOf(attempt);
    if (upstreamId === undefined || closed || !account) return waiting(attempt);
    const { judgement, exchanges } = await this.make({ account, verb: 'complete', upstreamId }, attempt);
    const isClosed = judgement.is === 'done' || judgement.is === 'other_state';
    const state = isClosed ? stateWith(attempt.state, { closed: true }) : attempt.state;
    return { ...waiting(attempt), state, exchanges };
  }

  private async make(call: UpstreamCall, expected: Expected): Promise<Made> {
    const sentAt = this.clock.now();
    const tries = await this.client.call(call);
    const exchanges = exchangesOf(call, tries, sentAt, this.clock.now());
    const judgement = judge(call.verb, (tries.at(-1) ?? tries[0]).reply);
    if (judgement.is !== 'session' || isOf(expected, judgement.session)) return { judgement, exchanges };
    const last = exchanges.at(-1);
    const problem = 'an answer for another session';
    if (last) exchanges[exchanges.length - 1] = { ...last, problem };
    return { judgement: { is: 'unknown', cause: foreign(problem) }, exchanges };
  }

  private stepOf(attempt: StartedAttempt, judgement: Judgement, exchanges: readonly Exchange[]): Step {
    switch (judgement.is) {
      case 'session':
        return { ...toStep(attempt, judgement.session), exchanges };
      case 'refused':
        return { next: 'refused', kind: judgement.kind, codes: judgement.codes, cause: judgement.cause, exchanges };
      case 'not_done':
        return unreachable(judgement.cause, exchanges);
      case 'issuer_failed':
        return {
          ...waiting(attempt),
          next: 'final',
          failure: 'ares_error',
          facts: { error: judgement.cause },
          exchanges,
        };
      case 'done':
        return { ...waiting(attempt), exchanges };
      case 'other_state':
      case 'unknown':
        return { ...waiting(attempt), inquire: true, exchanges };
    }
  }

  /** An id that somebody told and that is not ours there is forgotten: a notice may still tell the right one. */
  private withoutHearsay(attempt: StartedAttempt, judgement: Judgement): Partial<LearnedStep> {
    const isWrong = judgement.is === 'unknown' && judgement.cause.code === FOREIGN_CODE;
    if (!stateOf(attempt).hearsay || !isWrong) return {};
    return { state: stateWith(attempt.state, { upstreamId: undefined, hearsay: undefined }) };
  }

  private async accountOf(attempt: StartedAttempt): Promise<ConnectorAccountView | undefined> {
    const { accountId } = stateOf(attempt);
    if (accountId !== undefined) return this.accounts.byId(accountId);
    const { merchantId, environment } = attempt.request;
    return this.accounts.forMerchant(merchantId, CONNECTOR_ID, environment);
  }
}

const stateOf = ({ state }: Pick<StartedAttempt, 'state'>): CheckoutState => state;

const FOREIGN_CODE = '301';

const isMerchantsTurn = ({ next }: LearnedStep): boolean => next === 'need_channel_data' || next === 'need_method';

/** Our reference must come back where it comes at all; an id from hearsay needs it. */
function isOf({ request, state }: Expected, session: UpstreamSession): boolean {
  const { upstreamId, hearsay } = stateOf({ state });
  if (upstreamId !== undefined && session.id !== upstreamId) return false;
  if (session.reference === undefined) return hearsay !== true;
  return sessionOfReference(session.reference) === request.sessionId;
}

function after(attempt: StartedAttempt, step: LearnedStep): StartedAttempt {
  return { ...attempt, facts: { ...attempt.facts, ...step.facts }, state: step.state };
}

function waiting(attempt: StartedAttempt): LearnedStep {
  return { next: 'waiting', facts: {}, state: attempt.state, exchanges: [] };
}

function unreachable(cause: ErrorFacts, exchanges: readonly Exchange[]): Step {
  return { next: 'unreachable', issuerMayHaveSeen: false, cause, exchanges };
}

function noAccount(detail: string): ErrorFacts {
  return { code: '405', component: 'S', description: 'System connection failure', detail };
}

function foreign(detail: string): ErrorFacts {
  return { code: FOREIGN_CODE, component: 'S', description: 'Transaction ID not recognized', detail };
}
