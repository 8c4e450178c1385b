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
  readonly id: string = 'fake';
  supports: ReadonlySet<Capability> = new Set<Capability>(['browser']);
  inquires = false;
  healthy = true;
  readonly started: Attempt[] = [];
  notices = 0;
  refusal: string | null = null;
  /** What a refusal knows of the card's scheme. */
  refusedScheme: 'visa' | undefined = 'visa';
  methodUrl: string | undefined;
  /** What `start` answers; awaited, so that a test can hold the answer back. */
  answer: () => Promise<Step> | Step = approves;
  /** What `fetch` finds, in the same way. */
  afterSilence: Step | ((attempt: StartedAttempt) => Promise<Step>) = step('waiting');
  /** Everything that `advance` was told but notices, and what it answers to it. */
  readonly told: Signal[] = [];
  onSignal: (signal: Signal, attempt: StartedAttempt) => Promise<Step> | Step = (_signal, { state }) =>
    step('waiting', {}, { state });
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
    this.told.length = 0;
    this.onSignal = (_signal, { state }) => step('waiting', {}, { state });
    this.healthy = true;
    this.fetched.length = 0;
  }

  isHealthy(): boolean {
    return this.healthy;
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
    if (signal.type !== 'notice') {
      this.told.push(signal);
      return this.onSignal(signal, attempt);
    }
    if (signal.notice['noAnswer'] === true) return step('waiting', attempt.facts, { state: attempt.state });
    return this.onNotice(attempt, signal.notice, signal.secrets);
  }

  async fetch(attempt: StartedAttempt): Promise<Step> {
    this.fetched.push(attempt.transactionId);
    return typeof this.afterSilence === 'function' ? this.afterSilence(attempt) : this.afterSilence;
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

/** What notices name a session by whose upstream was never heard of. */
export const referenceOf = (sessionId: string): string => `reference:${sessionId}`;

/**
 * An upstream that alone knows card and 3DS Method: started at creation, named by a reference of ours, open to questions.
 * Its notices tell an id there (`upstreamId`) and that there is news.
 */
export class FakeUpstream extends FakeConnector {
  override readonly id = 'upstream';

  constructor() {
    super();
    this.inquires = true;
    this.reset();
  }

  override reset(): void {
    super.reset();
    this.answer = () => opened();
  }

  override plan(request: AttemptRequest): Plan {
    const plan = super.plan(request);
    if (plan.outcome === 'refused') return plan;
    return { ...plan, startsAt: 'creation' as const, correlationKey: referenceOf(request.sessionId), state: {} };
  }

  override async advance(attempt: StartedAttempt, signal: Signal): Promise<Step> {
    if (signal.type !== 'notice') return super.advance(attempt, signal);
    const { upstreamId } = signal.notice as { upstreamId?: string };
    const state = upstreamId === undefined ? attempt.state : { ...attempt.state, upstreamId };
    return step(
      'waiting',
      {},
      {
        state,
        ...(upstreamId === undefined ? {} : { correlationKeys: [`session:${upstreamId}`] }),
        inquire: true,
        exchanges: [{ direction: 'received', messageType: 'webhook', at: attempt.request.at, body: signal.notice }],
        answer: { status: 200, contentType: 'application/json', body: '{}' },
      },
    );
  }
}

export const UPSTREAM_TRANSACTION = '7d1d1a55-9d37-4c3f-8a3c-6a4b1f2e3d4c';

/** An upstream that knows the session by `sid` and waits for device data; `more` over it. */
export const opened = (more: Partial<Known> = {}, sid = 'sid_there'): Known =>
  step(
    'need_channel_data',
    { upstream: { sessionId: sid } },
    {
      identity: {
        scheme: 'mastercard',
        protocolVersion: '2.3.1',
        transactionId: UPSTREAM_TRANSACTION,
        methodUrl: 'https://issuer.example/method',
        directoryServerId: 'A000000004',
      },
      correlationKeys: [`session:${sid}`],
      state: { upstreamId: sid },
      ...more,
    },
  );

const CAUSE = { code: '405', component: 'S', description: 'System connection failure', detail: 'No connection' };

/** Nobody was reached. */
export const unreachable = (issuerMayHaveSeen: boolean): Step => ({
  next: 'unreachable',
  issuerMayHaveSeen,
  cause: CAUSE,
  exchanges: [
    { direction: 'sent', messageType: 'POST /sessions', at: new Date(0), body: null, problem: 'ECONNREFUSED' },
  ],
});

/** The upstream turned the request away. */
export const refused = (kind: 'invalid' | 'not_allowed', ...codes: string[]): Step => ({
  next: 'refused',
  kind,
  codes,
  cause: { ...CAUSE, description: 'Turned away' },
  exchanges: [],
});
