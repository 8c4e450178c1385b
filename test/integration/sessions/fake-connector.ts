import type {
  Attempt,
  AttemptRequest,
  AuthenticationConnector,
  Capability,
  LearnedStep,
  MaskedNotice,
  NoticeSecrets,
  Plan,
  Signal,
  StartedAttempt,
  Step,
} from '@app/authentication-port';
import { newUuidV4 } from '@app/kernel';

type Known = LearnedStep;

export const DS_TRANSACTION_ID = '1ccc9a2f-8b64-4ef9-a0b9-2d7c3f3d1a10';

/** A step without exchanges. */
export const step = (next: Known['next'], facts: Known['facts'] = {}, more: Partial<Known> = {}): Known => ({
  next,
  facts,
  state: {},
  exchanges: [],
  ...more,
});

const approves = (): Step => step('final', { transStatus: 'Y', resultSource: 'ARes' });

/** An issuer side of which the test decides everything; it remembers what it was asked. */
export class FakeConnector implements AuthenticationConnector {
  readonly id = 'fake';
  supports: ReadonlySet<Capability> = new Set<Capability>(['browser']);
  inquires = false;
  readonly started: Attempt[] = [];
  notices = 0;
  refusal: string | null = null;
  /** What a refusal knows of the card's scheme. */
  refusedScheme: 'visa' | undefined = 'visa';
  methodUrl: string | undefined;
  /** What `start` answers; awaited, so that a test can hold the answer back. */
  answer: () => Promise<Step> | Step = approves;
  /** What `fetch` finds, in the same way. */
  afterSilence: Step | (() => Promise<Step>) = step('waiting');
  /** The transactions that `fetch` was asked about. */
  readonly fetched: string[] = [];

  /** As it was made. */
  reset(): void {
    this.answer = approves;
    this.afterSilence = step('waiting');
    this.refusal = null;
    this.refusedScheme = 'visa';
    this.methodUrl = undefined;
    this.started.length = 0;
    this.fetched.length = 0;
  }

  plan(_request: AttemptRequest): Plan {
    if (this.refusal !== null) {
      const scheme = this.refusedScheme;
      return { outcome: 'refused', code: this.refusal, ...(scheme === undefined ? {} : { scheme }) };
    }
    return {
      outcome: 'planned',
      scheme: 'visa',
      protocolVersion: '2.2.0',
      transactionId: newUuidV4(),
      ...(this.methodUrl === undefined ? {} : { methodUrl: this.methodUrl }),
      directoryServer: { id: 'A000000003', referenceNumber: 'DS_LOA_1' },
      state: { planned: true },
    };
  }

  async start(attempt: Attempt): Promise<Step> {
    this.started.push(attempt);
    return this.answer();
  }

  async advance(attempt: StartedAttempt, signal: Signal): Promise<Step> {
    if (signal.type !== 'notice' || signal.notice['noAnswer'] === true)
      return step('waiting', attempt.facts, { state: attempt.state });
    return this.onNotice(attempt, signal.notice, signal.secrets);
  }

  async fetch(attempt: StartedAttempt): Promise<Step> {
    this.fetched.push(attempt.transactionId);
    return typeof this.afterSilence === 'function' ? this.afterSilence() : this.afterSilence;
  }

  /** The notice's `facts` are the result, once; afterwards, or when it says `refuse`, it has no effect; `insist` always has. */
  private onNotice(attempt: StartedAttempt, notice: MaskedNotice, secrets: NoticeSecrets): Step {
    const number = ++this.notices;
    const effective = notice['insist'] === true || (attempt.progress !== 'settled' && notice['refuse'] !== true);
    const answer = {
      status: 200,
      contentType: 'application/json',
      body: JSON.stringify({ number, verdict: effective ? 'taken' : 'ignored' }),
    };
    const exchanges = [
      { direction: 'received' as const, messageType: 'RReq', at: attempt.request.at, body: notice },
      { direction: 'sent' as const, messageType: 'RRes', at: attempt.request.at, body: { number } },
    ];
    if (!effective) return step('waiting', attempt.facts, { state: attempt.state, exchanges, answer, effective });
    const facts = { ...(notice['facts'] as Known['facts']), resultSource: 'RReq' as const, ...secrets };
    return step('final', facts, { state: { ...attempt.state, settled: true }, exchanges, answer, effective });
  }
}
