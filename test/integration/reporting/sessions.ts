/** Sessions as rows, for reports: only what figures are made of is said. */
import { newUuidV7 } from '@app/kernel';
import { Database } from '@app/platform';
import { createDataSource } from '../../../apps/server/src/data-source';
import { ReportRepository } from '../../../libs/reporting/src/persistence/report.repository';
import { RollupRepository } from '../../../libs/reporting/src/persistence/rollup.repository';
import { USUAL_LIMITS, type ReportLimits } from '../../../libs/reporting/src/reporting.tokens';
import { createTestDatabase } from '../../support/database';

export const [OURS, THEIRS, DEMO] = [1, 2, 3].map((number) => `01900000-0000-7000-8000-00000000000${number}`) as [
  string,
  string,
  string,
];

/** What a test may say of a session; the rest is an approved one of nobody in particular. */
export interface SessionRow {
  at: Date;
  /** When its id was made, where that was before. */
  idAt?: Date;
  merchant?: string;
  environment?: 'live' | 'test';
  status?: string;
  statusReason?: string | null;
  refusalCode?: string | null;
  challenged?: boolean | null;
  transStatus?: string | null;
  liabilityShift?: string | null;
  attempts?: number;
  indicator?: string | null;
  facts?: object;
  scheme?: string;
  bin?: string;
  currency?: string;
  amountMinor?: number;
  reference?: string | null;
  fingerprint?: string | null;
  connector?: string;
  userAgent?: string;
  /** Lines of the story: type, leg, milliseconds after the beginning, and who. */
  events?: readonly {
    type: string;
    leg: string | null;
    ms: number;
    actor?: string;
    from?: string;
    to?: string;
    data?: object;
  }[];
  legs?: Readonly<Record<string, number>>;
  /**
   * Tries of a callback that was delivered so long after the beginning, or is still due (null). The merchant took the
   * last of them, or `takenOn`: what came after was sent again. It is tried again a minute after the beginning, or `nextTryAt`;
   * one that is delivered and `isWanted` is to be sent once more.
   */
  callback?: {
    tries: number;
    takenOn?: number;
    deliveredMs: number | null;
    state: 'delivered' | 'dead' | 'due';
    nextTryAt?: Date;
    isWanted?: true;
  };
}

const OPEN = ['pending', 'processing', 'challenged'];

export interface World {
  readonly database: Database;
  readonly rollups: RollupRepository;
  readonly reports: ReportRepository;
  /** As `reports`, with limits of its own. */
  limited(limits: Partial<ReportLimits>): ReportRepository;
  add(row: SessionRow): Promise<string>;
  close(): Promise<void>;
}

/** A database with partitions for the sessions around `at`. */
export async function openWorld(at: Date): Promise<World> {
  const test = await createTestDatabase();
  const database = new Database(await createDataSource(test.url, 4).initialize());
  for (const parent of ['session', 'attempt', 'session_event', 'exchange', 'session_leg'])
    await database.ensurePartitions({ parent, period: 'month', behind: 1, ahead: 2 }, at);
  const rollups = new RollupRepository(database, [DEMO]);
  return {
    database,
    rollups,
    reports: new ReportRepository(database, rollups, [DEMO], USUAL_LIMITS),
    limited: (limits) => new ReportRepository(database, rollups, [DEMO], { ...USUAL_LIMITS, ...limits }),
    add: (row) => insert(database, row),
    close: async () => {
      await database.onApplicationShutdown();
      await test.drop();
    },
  };
}

async function insert(database: Database, row: SessionRow): Promise<string> {
  const id = newUuidV7(row.idAt ?? row.at);
  const { merchant = OURS, status = 'approved', environment = 'live', attempts = 1, currency = 'EUR' } = row;
  const isOpen = OPEN.includes(status);
  const after = (ms: number): Date => new Date(row.at.getTime() + ms);
  const { indicator = 'no_preference', transStatus = status === 'approved' ? 'Y' : null } = row;
  const details = { purchase: { authenticationCategory: 'payment', challengeIndicator: indicator ?? undefined } };
  await database.query(
    `INSERT INTO session (id, merchant_id, channel_id, access_key_id, environment, status, status_reason, version, created_at, updated_at,
       deadline_at, final_at, flow, device_channel, amount_minor, currency, reference, details, secret_hash, secret_sealed, scheme, bin,
       last_four, card_fingerprint, card_fingerprint_key_version, card_retention_minutes, trans_status, refusal_code, challenged, attempt_number,
       event_seq, exchange_seq, liability_shift, browser)
     VALUES ($1, $2, $2, $2, $3, $4, $5, 1, $6, $6, $7, $8, 'non_hosted', 'browser', $9, $10, $11, $12, '', '', $13, $14, '0000', $15, 1, 0,
       $16, $17, $18, $19, 0, 0, $20, $21)`,
    [
      id,
      merchant,
      environment,
      status,
      row.statusReason ?? null,
      row.at,
      isOpen ? after(1_800_000) : null,
      isOpen ? null : after(2_000),
      row.amountMinor ?? 1_000,
      currency,
      row.reference ?? null,
      JSON.stringify(details),
      row.scheme ?? 'visa',
      row.bin ?? '40000000',
      row.fingerprint ?? null,
      transStatus,
      row.refusalCode ?? null,
      row.challenged ?? null,
      attempts,
      row.liabilityShift ?? null,
      row.userAgent === undefined ? null : JSON.stringify({ userAgent: row.userAgent }),
    ],
  );
  if (attempts > 0) {
    await database.query(
      `INSERT INTO attempt (session_id, number, merchant_id, connector, scheme, protocol_version, transaction_id, directory_server_id,
         progress, state, facts, created_at)
       VALUES ($1, $2, $3, $4, 'visa', '2.2.0', $1, 'A000000003', 'settled', '{}', $5, $6)`,
      [id, attempts, merchant, row.connector ?? 'emv3ds', JSON.stringify(row.facts ?? {}), row.at],
    );
  }
  for (const [seq, event] of (row.events ?? []).entries()) {
    await database.query(
      `INSERT INTO session_event (session_id, seq, merchant_id, at, type, from_status, to_status, actor, attempt_number, data, leg)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10)`,
      [
        id,
        seq,
        merchant,
        after(event.ms),
        event.type,
        event.from ?? null,
        event.to ?? status,
        event.actor ?? 'issuer',
        JSON.stringify(event.data ?? {}),
        event.leg,
      ],
    );
  }
  for (const [leg, ms] of Object.entries(row.legs ?? {})) {
    await database.query('INSERT INTO session_leg (session_id, leg, merchant_id, at) VALUES ($1, $2, $3, $4)', [
      id,
      leg,
      merchant,
      after(ms),
    ]);
  }
  if (row.callback) {
    const { state, tries, deliveredMs, takenOn = tries, nextTryAt = after(60_000), isWanted } = row.callback;
    const messageId = newUuidV7(row.at);
    await database.query(
      `INSERT INTO callback_message (id, merchant_id, environment, channel_id, session_id, kind, url, payload, state, tries, created_at,
         delivered_at, next_try_at, resend_at)
       VALUES ($1, $2, $3, $2, $4, 'session_completed', 'https://shop.example', '{}', $5, $6, $7, $8, $9, $10)`,
      [
        messageId,
        merchant,
        environment,
        id,
        state,
        tries,
        row.at,
        deliveredMs === null ? null : after(deliveredMs),
        state === 'due' ? nextTryAt : null,
        isWanted ? row.at : null,
      ],
    );
    await database.query(
      `INSERT INTO callback_delivery (message_id, try, at, latency_ms, problem)
       SELECT $1, try, $2, 1, CASE WHEN $3 AND try >= $4 THEN NULL ELSE 'bad_status' END FROM generate_series(1, $5::int) AS try`,
      [messageId, row.at, state === 'delivered', takenOn, tries],
    );
  }
  return id;
}
