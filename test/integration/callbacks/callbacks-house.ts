/** The callbacks module over a real database, with a clock that the test owns and a subject that remembers. */
import { Callbacks, CallbacksModule, type CallbackSecrets, type NewCallback } from '@app/callbacks';
import { MeasuredCallbacksModule } from '@app/reporting';
import { CredentialsAdmin } from '@app/credentials';
import { FixedClock, newUuidV7 } from '@app/kernel';
import {
  CLOCK,
  createLogger,
  Database,
  loadConfig,
  Metrics,
  PlatformModule,
  type AppConfig,
  type Role,
} from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { CallbackSweeper } from '../../../libs/callbacks/src/jobs/callback-sweeper.job';
import { createDataSource } from '../../../apps/server/src/data-source';

export const START = new Date('2027-01-01T00:00:00Z');

/** Stands for sessions. */
export class RememberingSubject {
  readonly told: string[] = [];
  kept: CallbackSecrets = {};
  failure: Error | null = null;

  async secrets(): Promise<CallbackSecrets> {
    return this.kept;
  }

  async delivered(sessionId: string): Promise<void> {
    if (this.failure) throw this.failure;
    this.told.push(sessionId);
  }
}

export interface MessageRow {
  id: string;
  state: string;
  tries: number;
  step: number;
  next_try_at: Date | null;
  claimed_until: Date | null;
  last_status: number | null;
  last_problem: string | null;
  delivered_at: Date | null;
  subject_told_at: Date | null;
}

export interface DeliveryRow {
  try: number;
  status: number | null;
  problem: string | null;
  latency_ms: number;
}

function aConfig(url: string, role: Role, timeScale: number, demo: boolean): AppConfig {
  return loadConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: url,
    DATABASE_POOL_SIZE: '8',
    COUNTERSIGN_KEK: Buffer.alloc(32, 1).toString('base64'),
    COUNTERSIGN_ROLE: role,
    ...(demo
      ? { COUNTERSIGN_DEMO: '1', COUNTERSIGN_TIME_SCALE: String(timeScale) }
      : { COUNTERSIGN_PUBLIC_URL: 'https://3ds.example' }),
  });
}

/** One replica. Several may share a database, a clock and a subject. */
export class House {
  private constructor(
    private readonly app: INestApplicationContext,
    readonly clock: FixedClock,
    readonly subject: RememberingSubject,
    readonly log: string[],
  ) {}

  static async open(
    url: string,
    shared: Partial<Pick<House, 'clock' | 'subject'>> & { role?: Role; timeScale?: number; demo?: boolean } = {},
  ): Promise<House> {
    const clock = shared.clock ?? new FixedClock(START);
    const subject = shared.subject ?? new RememberingSubject();
    const log: string[] = [];
    const dataSource = await createDataSource(url, 8).initialize();
    const config = aConfig(url, shared.role ?? 'all', shared.timeScale ?? 1, shared.demo ?? true);
    const logger = createLogger('info', { write: (line) => void log.push(line) });
    const app = await Test.createTestingModule({
      imports: [
        PlatformModule.forRoot({ config, log: logger, dataSource }),
        MeasuredCallbacksModule.forRoot({ demoMerchants: [] }),
        CallbacksModule,
      ],
    })
      .overrideProvider(CLOCK)
      .useValue(clock)
      .compile();
    await app.init();
    const house = new House(app, clock, subject, log);
    house.callbacks.bind(subject);
    return house;
  }

  /** A part of the module by its class. */
  get<T>(type: abstract new (...args: never[]) => T): T {
    return this.app.get<T>(type);
  }

  get callbacks(): Callbacks {
    return this.app.get(Callbacks);
  }

  get sweeper(): CallbackSweeper {
    return this.app.get(CallbackSweeper);
  }

  get database(): Database {
    return this.app.get(Database);
  }

  get metrics(): Metrics {
    return this.app.get(Metrics);
  }

  /** One tick of the schedule, and everything that it started. */
  async sweep(): Promise<void> {
    await this.sweeper.tick();
    await this.sweeper.settled();
  }

  /** A merchant with a channel in the credentials tables. */
  async aChannel(): Promise<{ merchantId: string; channelId: string; webhookSecret: string }> {
    const admin = this.app.get(CredentialsAdmin);
    const merchant = await admin.createMerchant({ name: 'Shop' });
    const { channel, webhookSecret } = await admin.createChannel({
      merchantId: merchant.id,
      environment: 'test',
      name: 'web',
    });
    return { merchantId: merchant.id, channelId: channel.id, webhookSecret: webhookSecret.expose() };
  }

  /** A message on the books; a test says only what it is about. */
  async enqueue(
    message: Pick<NewCallback, 'merchantId' | 'channelId' | 'url'> & Partial<NewCallback>,
  ): Promise<{ id: string; sessionId: string; created: boolean }> {
    const full: NewCallback = {
      kind: 'session_completed',
      environment: 'test',
      sessionId: newUuidV7(this.clock.now()),
      payload: { status: 'approved', reference: 'ORD-1' },
      dueAt: this.clock.now(),
      ...message,
    };
    const made = await this.database.transaction((tx) => this.callbacks.enqueue(tx, full));
    return { ...made, sessionId: full.sessionId };
  }

  async message(id: string): Promise<MessageRow> {
    const [row] = await this.database.query<MessageRow>('SELECT * FROM callback_message WHERE id = $1', [id]);
    if (!row) throw new Error('No such message');
    return row;
  }

  deliveries(id: string): Promise<DeliveryRow[]> {
    return this.database.query<DeliveryRow>(
      'SELECT try, status, problem, latency_ms FROM callback_delivery WHERE message_id = $1 ORDER BY try',
      [id],
    );
  }

  async empty(): Promise<void> {
    await this.database.query('DELETE FROM callback_message');
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
