import type { Ack, Attempt, ChallengeReturn, MaskedNotice, NoticeInbox, Step } from '@app/authentication-port';
import { CheckoutConnector, WEBHOOK_ROUTE } from '@app/connector-checkout';
import { ConnectorAccountsAdmin, CredentialsAdmin } from '@app/credentials';
import { encodeId, newUuidV7, Secret } from '@app/kernel';
import { TokenCache } from '@app/token-cache';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSimulator, type RunningSimulator } from '../../apps/simulator/src/simulator';
import type { Body } from '../support/api';
import { PASSWORD, playChallenge, type Deed } from '../support/cardholder';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { UpstreamHandles } from '../support/upstream';
import { after, type ChallengeEnd, type ConnectorHouse, type UpstreamBehaviour } from './connector.contract';
import { startCheckoutServer } from './checkout.server';
import { UpstreamProxy } from './upstream-proxy';

export const CLIENT_ID = 'ack_contract';
const CLIENT_SECRET = 'contract-secret';
export const WEBHOOK_KEY = 'contract-webhook-key';

/** What the inbox takes for proof of having been at our own page, and where that is. */
export const TICKET = 'dGlja2V0';
export const HOME = 'https://3ds.example/hosted/abc';

/** Cards of the sandbox by what becomes of them. */
const CARD_OF = {
  approves: '4485040371536584',
  declines: '4539628347117863',
  challenges: '4242424242424242',
  cannot_tell: '4024007186645015',
  reports_an_error: '4452927588210665',
} as const;

interface Script {
  card?: string;
  fault?: object;
  twist?: UpstreamProxy['twist'];
}

const BEHAVIOURS: Record<UpstreamBehaviour, Script> = {
  approves: { card: CARD_OF.approves },
  declines: { card: CARD_OF.declines },
  challenges: { card: CARD_OF.challenges },
  cannot_tell: { card: CARD_OF.cannot_tell },
  reports_an_error: { card: CARD_OF.reports_an_error },
  stays_silent: { fault: { mode: 'hang', after: true } },
  cuts_the_connection: { fault: { mode: 'lost_answer' } },
  is_down: {},
  answers_html: { fault: { mode: 'html' } },
  answers_nothing: { fault: { mode: 'empty' } },
  answers_500: { fault: { mode: 'status500', after: true } },
  answers_garbage: { fault: { mode: 'truncated_json' } },
  answers_for_another: { twist: (answer) => ({ ...answer, reference: `sid_${'a'.repeat(26)} another` }) },
  answers_an_unknown_status: { fault: { mode: 'unknown_status' } },
};

const wrong = { password: 'wrong' };
const DEEDS: Record<ChallengeEnd, Deed[]> = {
  success: [{ password: PASSWORD }],
  failure: [wrong, wrong, wrong],
};

const isOfTheEnd = ({ body }: MaskedNotice): boolean =>
  (body as { type?: string } | undefined)?.type !== 'authentication_started';

/** Holds one attempt, as sessions would, and lets the connector decide about every notice. */
export class OneAttemptInbox implements NoticeInbox {
  attempt: Attempt | null = null;
  connector: CheckoutConnector;
  readonly accepted: Parameters<NoticeInbox['accept']>[] = [];
  readonly steps: Step[] = [];
  readonly returned: (string | null)[] = [];
  notificationUrl: string | null = null;
  fails = false;

  async accept(...told: Parameters<NoticeInbox['accept']>): Promise<Ack> {
    if (this.fails) throw new Error('database is gone');
    this.accepted.push(told);
    const [, , correlationKey, notice, secrets] = told;
    const { attempt } = this;
    if (!attempt || !keysOf(attempt).includes(correlationKey)) return { outcome: 'unknown' };
    const step = await this.connector.advance(attempt, { type: 'notice', notice, secrets });
    this.steps.push(step);
    if (!('answer' in step) || !step.answer) throw new Error('A notice must be answered');
    return { outcome: 'answered', answer: step.answer };
  }

  async challengeReturned(
    ...[, correlationKey, sessionData]: Parameters<NoticeInbox['challengeReturned']>
  ): Promise<ChallengeReturn> {
    this.returned.push(correlationKey);
    const returnUrl = sessionData === TICKET ? HOME : null;
    return { known: true, notificationUrl: this.notificationUrl, returnUrl };
  }
}

const keysOf = ({ request, state }: Attempt): string[] => [
  `reference:${encodeId('session', request.sessionId)}`,
  `session:${String(state['upstreamId'])}`,
];

/** The checkout connector in a server of its own, before the scripted Checkout.com. */
export class CheckoutHouse implements ConnectorHouse {
  private constructor(
    readonly app: NestFastifyApplication,
    private readonly database: TestDatabase,
    private readonly simulator: RunningSimulator,
    readonly proxy: UpstreamProxy,
    readonly upstream: UpstreamHandles,
    readonly inbox: OneAttemptInbox,
    readonly connector: CheckoutConnector,
    readonly merchantId: string,
    readonly webhookToken: string,
    private readonly accountId: string,
  ) {}

  static async open(): Promise<CheckoutHouse> {
    const database = await createTestDatabase();
    const simulator = await startSimulator({
      port: 0,
      host: '127.0.0.1',
      publicUrl: null,
      dataDir: '.',
      timeScale: 1,
    });
    const upstream = new UpstreamHandles(simulator.url);
    const proxy = new UpstreamProxy(simulator.url);
    await proxy.start();
    await upstream.control('PUT', `/accounts/${CLIENT_ID}`, { clientSecret: CLIENT_SECRET });
    const inbox = new OneAttemptInbox();
    const app = await startCheckoutServer(database, inbox);
    const merchant = await app.get(CredentialsAdmin).createMerchant({ name: 'Contract', id: newUuidV7(new Date()) });
    const { account, webhookToken } = await app.get(ConnectorAccountsAdmin).create({
      merchantId: merchant.id,
      connector: 'checkout',
      environment: 'test',
      name: 'Contract',
      apiBaseUrl: `${proxy.url}/upstream`,
      tokenUrl: `${simulator.url}/upstream/connect/token`,
      scopes: ['sessions:app', 'sessions:browser'],
      credential: { clientId: CLIENT_ID, clientSecret: new Secret(CLIENT_SECRET) },
      webhookKey: new Secret(WEBHOOK_KEY),
    });
    inbox.connector = app.get(CheckoutConnector);
    const token = webhookToken.expose();
    const url = `${await app.getUrl()}${WEBHOOK_ROUTE.replace(':token', token)}`;
    await upstream.control('PUT', `/accounts/${CLIENT_ID}`, {
      clientSecret: CLIENT_SECRET,
      webhook: { url, key: WEBHOOK_KEY },
    });
    return new CheckoutHouse(
      app,
      database,
      simulator,
      proxy,
      upstream,
      inbox,
      inbox.connector,
      merchant.id,
      token,
      account.id,
    );
  }

  async proof(): Promise<string> {
    const session = await this.read(this.lastId());
    return String(session['cryptogram']);
  }

  async behave(behaviour: UpstreamBehaviour): Promise<void> {
    const { card, fault, twist } = BEHAVIOURS[behaviour];
    if (behaviour === 'is_down') return this.proxy.stop();
    this.asCard(card ?? CARD_OF.approves);
    this.proxy.twist = twist ?? null;
    if (fault !== undefined) await this.upstream.faults({ on: 'create', ...fault });
  }

  /** Every card is this one to the upstream, and its 3DS Method has run: what a contract is not about. */
  asCard(number: string): void {
    this.proxy.rewrite = (body) => {
      const data = body['channel_data'];
      const ran = { ...(data as object), three_ds_method_completion: 'Y' };
      return {
        ...body,
        ...('source' in body ? { source: { ...(body['source'] as object), number } } : {}),
        ...(data === undefined ? {} : { channel_data: ran }),
      };
    };
  }

  asked(): number {
    return this.proxy.calls('POST', /\/sessions$/).filter(({ body }) => body?.['channel_data'] !== undefined).length;
  }

  async endChallenge(attempt: Attempt, end: ChallengeEnd): Promise<{ steps: Step[]; answer: string }> {
    const { inbox } = this;
    inbox.attempt = attempt;
    inbox.steps.length = 0;
    inbox.accepted.length = 0;
    const id = this.lastId();
    const session = await this.read(id);
    if (session['status'] === 'challenged') {
      await playChallenge(session as Body, ...DEEDS[end]);
    } else {
      const told = await this.upstream.control('GET', `/webhooks?session_id=${id}`);
      const events = told['data'] as unknown as { id: string; type: string }[];
      const last = events.find(({ type }) => type !== 'authentication_started');
      await this.upstream.control('POST', `/webhooks/${last?.id}/resend`);
    }
    while (!inbox.accepted.some(([, , , notice]) => isOfTheEnd(notice))) await sleep(10);
    while (inbox.steps.length < inbox.accepted.length) await sleep(10);
    const [notice] = inbox.steps;
    if (!notice || !('facts' in notice)) throw new Error('A notice teaches nothing');
    if (notice.inquire) inbox.steps.push(await this.connector.fetch(after(attempt, notice)));
    return { steps: [...inbox.steps], answer: notice.answer?.body ?? '' };
  }

  /** The session there as the merchant sees it. */
  async read(id: string): Promise<Record<string, unknown>> {
    const token = await this.upstream.token(CLIENT_ID, CLIENT_SECRET);
    const authorization = `Bearer ${String(token.body['access_token'])}`;
    return (await this.upstream.send('GET', `/upstream/sessions/${id}`, { authorization })).body;
  }

  async reset(): Promise<void> {
    this.proxy.passed.length = 0;
    this.proxy.twist = null;
    this.proxy.rewrite = null;
    this.inbox.attempt = null;
    this.inbox.accepted.length = 0;
    this.inbox.steps.length = 0;
    // Many a 401 in a row makes the cache careful.
    await this.app.get(TokenCache).forget(this.accountId);
    await this.upstream.control('DELETE', '/faults');
    await this.proxy.stop();
    await this.proxy.start();
  }

  /** The session that the last creation made there. */
  lastId(): string {
    const made = this.proxy.calls('POST', /\/sessions$/).at(-1)?.answer;
    if (made === undefined) throw new Error('Nothing was created');
    return String(made['id']);
  }

  async url(): Promise<string> {
    return this.app.getUrl();
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.proxy.stop();
    await this.simulator.close();
    await this.database.drop();
  }
}
