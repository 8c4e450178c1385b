/** The sessions module over a real database, with an issuer side and a clock that the test owns. */
import { AUTHENTICATION_CONNECTORS } from '@app/authentication-port';
import { CredentialsAdmin, type AccessTokenActor } from '@app/credentials';
import { FixedClock, newUuidV4, newUuidV7, Pan } from '@app/kernel';
import { CLOCK, createLogger, Database, loadConfig, PlatformModule, PublicAddress } from '@app/platform';
import { MeasuredCallbacksModule, MeasuredSessionsModule } from '@app/reporting';
import { CARD_FIELDS_ASSETS, HOSTED_ASSETS, SessionsModule } from '@app/sessions';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { randomBytes } from 'node:crypto';
import { AdminModule } from '../../../apps/server/src/admin/admin.module';
import { createDataSource } from '../../../apps/server/src/data-source';
import type { Change } from '../../../libs/sessions/src/domain/changes';
import type { CreateSession } from '../../../libs/sessions/src/domain/new-session';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { SessionNoticeInbox } from '../../../libs/sessions/src/notice-inbox.service';
import { NoticeRepository } from '../../../libs/sessions/src/persistence/notice.repository';
import { SessionRepository } from '../../../libs/sessions/src/persistence/session.repository';
import { SessionsService } from '../../../libs/sessions/src/sessions.service';
import { aDevice, aSession } from '../../../libs/sessions/src/testing/sessions';
import { CardVault } from '@app/cards';
import { FakeConnector, FakeUpstream } from './fake-connector';

export const START = new Date('2027-01-15T10:00:00.000Z');
/** The cardholder's pages, unbuilt. */
const PAGE = {
  module: class {},
  providers: [HOSTED_ASSETS, CARD_FIELDS_ASSETS].map((provide) => ({
    provide,
    useValue: { script: '/page.js', styles: '' },
  })),
  exports: [HOSTED_ASSETS, CARD_FIELDS_ASSETS],
};

/** Demo mode, because callbacks may then go to this machine. */
const ENVIRONMENT = { COUNTERSIGN_ROLE: 'api', COUNTERSIGN_DEMO: '1' };

export const NUMBER = '4242424242424242';

export interface EventRow {
  seq: number;
  type: string;
  from_status: string | null;
  to_status: string;
  at: Date;
  actor: string;
  attempt_number: number;
  data: Record<string, unknown>;
}

export interface ExchangeRow {
  seq: number;
  attempt_number: number;
  direction: string;
  message_type: string;
  at: Date;
  latency_ms: number | null;
  body: unknown;
  problem: string | null;
}

export interface AttemptRow {
  number: number;
  connector: string;
  scheme: string;
  protocol_version: string;
  transaction_id: string;
  method_url: string | null;
  progress: string;
  state: Record<string, unknown>;
  facts: Record<string, unknown>;
}

/** One replica with its merchant. The pool is that of production: sixteen connections. */
export class House {
  private constructor(
    private readonly app: INestApplicationContext,
    readonly clock: FixedClock,
    readonly connector: FakeConnector,
    readonly upstream: FakeUpstream,
    readonly merchantId: string,
    readonly channelId: string,
    private readonly url: string,
    private readonly kek: string,
  ) {}

  static async open(url: string): Promise<House> {
    const kek = randomBytes(32).toString('base64');
    const clock = new FixedClock(START);
    const connector = new FakeConnector();
    const upstream = new FakeUpstream();
    const app = await House.start(url, kek, clock, [connector, upstream]);
    const admin = app.get(CredentialsAdmin, { strict: false });
    const merchant = await admin.createMerchant({ name: 'Shop' });
    const { channel } = await admin.createChannel({
      merchantId: merchant.id,
      environment: 'test',
      name: 'web',
      connectors: ['fake'],
    });
    return new House(app, clock, connector, upstream, merchant.id, channel.id, url, kek);
  }

  /** One more replica over the same database (reached by `url`), with the same clock, issuer side and merchant. */
  async replica(url = this.url): Promise<House> {
    const app = await House.start(url, this.kek, this.clock, [this.connector, this.upstream]);
    return new House(
      app,
      this.clock,
      this.connector,
      this.upstream,
      this.merchantId,
      this.channelId,
      this.url,
      this.kek,
    );
  }

  /** Another merchant of the same replica, whose default channel asks these connectors. */
  async neighbour(...connectors: string[]): Promise<House> {
    const admin = this.get(CredentialsAdmin);
    const merchant = await admin.createMerchant({ name: 'Neighbour' });
    const { channel } = await admin.createChannel({
      merchantId: merchant.id,
      environment: 'test',
      name: 'web',
      connectors,
    });
    return new House(this.app, this.clock, this.connector, this.upstream, merchant.id, channel.id, this.url, this.kek);
  }

  // As `api`: no job ticks by itself, each is the test's to call.
  private static async start(
    url: string,
    kek: string,
    clock: FixedClock,
    connectors: readonly FakeConnector[],
  ): Promise<INestApplicationContext> {
    const dataSource = await createDataSource(url, 16).initialize();
    const config = loadConfig({ ...ENVIRONMENT, DATABASE_URL: url, COUNTERSIGN_KEK: kek });
    const module = await Test.createTestingModule({
      imports: [
        PlatformModule.forRoot({ config, log: createLogger('silent'), dataSource }),
        AdminModule,
        MeasuredCallbacksModule.forRoot({ demoMerchants: [] }),
        SessionsModule.forRoot({
          imports: [PAGE, MeasuredSessionsModule],
          connectors: { provide: AUTHENTICATION_CONNECTORS, useValue: connectors },
        }),
      ],
    })
      .overrideProvider(CLOCK)
      .useValue(clock)
      .compile();
    const app = await module.init();
    app.get(PublicAddress).listeningOn('http://127.0.0.1:4000');
    return app;
  }

  /** A part of the application by its class. */
  get<T>(type: abstract new (...args: never[]) => T): T {
    return this.app.get<T>(type, { strict: false });
  }

  get database(): Database {
    return this.get(Database);
  }

  get sessions(): SessionRepository {
    return this.get(SessionRepository);
  }

  get notices(): NoticeRepository {
    return this.get(NoticeRepository);
  }

  get inbox(): SessionNoticeInbox {
    return this.get(SessionNoticeInbox);
  }

  get service(): SessionsService {
    return this.get(SessionsService);
  }

  get vault(): CardVault {
    return this.get(CardVault);
  }

  /** One more channel of the merchant, whose route asks these connectors in this order; gives its id. */
  async channel(...connectors: string[]): Promise<string> {
    const { channel } = await this.get(CredentialsAdmin).createChannel({
      merchantId: this.merchantId,
      environment: 'test',
      name: connectors.join(' then '),
      connectors,
    });
    return channel.id;
  }

  /** The attempts of a session, the first one first. */
  attempts(sessionId: string): Promise<AttemptRow[]> {
    return this.database.query<AttemptRow>('SELECT * FROM attempt WHERE session_id = $1 ORDER BY number', [sessionId]);
  }

  /** What notices may name a session by. */
  async keys(sessionId: string): Promise<string[]> {
    const rows = await this.database.query<{ key: string }>(
      'SELECT connector || $2 || key AS key FROM correlation WHERE session_id = $1 ORDER BY 1',
      [sessionId, ' '],
    );
    return rows.map(({ key }) => key);
  }

  /** The merchant's backend. */
  actor(): AccessTokenActor {
    return {
      merchantId: this.merchantId,
      environment: 'test',
      accessKeyId: newUuidV7(this.clock.now()),
      scopes: new Set(['sessions:browser', 'sessions:app']),
      defaultChannelId: this.channelId,
    };
  }

  /** What a merchant asks for. */
  command(more: Partial<CreateSession> = {}): CreateSession {
    const { details, amountMinor, currency } = aSession();
    return {
      channelId: null,
      keepsCard: false,
      source: { ...details.source, kind: 'card', number: Pan.fromTrusted(NUMBER), expiryMonth: 12, expiryYear: 2030 },
      amountMinor,
      currency,
      reference: 'ORD-1',
      details,
      device: aDevice(),
      methodCompletion: 'Y',
      callbackUrl: null,
      challengeNotificationUrl: null,
      returnUrls: null,
      ...more,
    };
  }

  /** A session of this merchant with an id of now and a transaction of its own. */
  aSession(more: Parameters<typeof aSession>[0] = {}): Session {
    const at = this.clock.now();
    return aSession({
      id: newUuidV7(at),
      merchantId: this.merchantId,
      channelId: this.channelId,
      createdAt: at,
      updatedAt: at,
      deadlineAt: new Date(at.getTime() + 30 * 60_000),
      ...more,
      attempt: { connector: 'fake', transactionId: newUuidV4(), ...more.attempt },
    });
  }

  /** Stores a session with its card, as if it had just been created with `events`. */
  async insert(session: Session, events?: Change['events']): Promise<Session> {
    await this.vault.warm(this.merchantId);
    const card = this.vault.prepare({
      sessionId: session.id,
      merchantId: session.merchantId,
      number: Pan.fromTrusted(NUMBER),
      expiryMonth: 12,
      expiryYear: 2030,
    });
    const created = {
      type: 'created',
      from: null,
      to: session.status,
      at: session.createdAt,
      actor: 'ack_x',
      attemptNumber: session.attempt.number,
      data: {},
    };
    await this.sessions.insert({ session, events: events ?? [created], exchanges: [] }, card);
    return session;
  }

  /** The session as it is stored. */
  async stored(id: string): Promise<Session> {
    const session = await this.sessions.findById(id);
    if (!session) throw new Error('No such session');
    return session;
  }

  events(sessionId: string): Promise<EventRow[]> {
    return this.database.query<EventRow>('SELECT * FROM session_event WHERE session_id = $1 ORDER BY seq', [sessionId]);
  }

  exchanges(sessionId: string): Promise<ExchangeRow[]> {
    return this.database.query<ExchangeRow>('SELECT * FROM exchange WHERE session_id = $1 ORDER BY seq', [sessionId]);
  }

  async cardExpiresAt(sessionId: string): Promise<Date | null | undefined> {
    const [row] = await this.database.query<{ expires_at: Date | null }>(
      'SELECT expires_at FROM card WHERE session_id = $1',
      [sessionId],
    );
    return row?.expires_at;
  }

  /** Resolves once so many statements wait for somebody's lock. */
  async lockedOut(count: number): Promise<void> {
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while ((await this.database.query(waiting)).length < count) await new Promise((done) => setTimeout(done, 5));
  }

  /** Everything that the database holds, as text. */
  async dump(): Promise<string> {
    const tables = await this.database.query<{ name: string }>(
      `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
    );
    const parts = await Promise.all(
      tables.map(({ name }) => this.database.query<{ line: string }>(`SELECT t::text AS line FROM ${name} t`)),
    );
    return parts.flatMap((rows) => rows.map(({ line }) => line)).join('\n');
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
