import { uuidV7Floor } from '@app/kernel';
import { bindings, Database, type Bind, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Counts } from '../domain/reported-session';
import { HOUR_MS, type Span } from '../domain/rolled';
import { DEMO_MERCHANTS } from '../reporting.tokens';
import {
  countsOfHours,
  DEFINITION,
  deleteHours,
  differingHours,
  insertHours,
  ROLLED_TABLES,
  SESSIONS_OF_HOURS,
  type RolledHours,
} from './rollup.sql';

/** Messages that merchants have are forgotten after thirty days; so long they are there for certain. */
const CALLBACKS_KEPT_MS = 29 * 24 * HOUR_MS;

/** An hour, and a merchant (UUID) who has sessions in it. */
export interface HourOfMerchant {
  readonly hour: Date;
  readonly merchantId: string;
}

/**
 * The rollups of reports: which hours are rolled up, and the work of it. One connection at a time. Those that were made up for a
 * demo come into being long after their hours, and are few: they are never rolled up.
 */
@Injectable()
export class RollupRepository {
  constructor(
    private readonly database: Database,
    @Inject(DEMO_MERCHANTS) private readonly demoMerchants: readonly string[],
  ) {}

  /** Those whole hours of a window that are rolled up by what counts today; in order. */
  async hoursWithin({ from, to }: Span): Promise<Date[]> {
    const rows = await this.database.query<{ hour: Date }>(
      `SELECT hour FROM report_hour WHERE hour >= $1 AND hour <= $2::timestamptz - interval '1 hour' AND definition = $3
       ORDER BY hour`,
      [from, to, DEFINITION],
    );
    return rows.map(({ hour }) => hour);
  }

  /** When the oldest session was created that there is; null without any. */
  async begin(): Promise<Date | null> {
    const [row] = await this.database.query<{ at: Date }>('SELECT created_at AS at FROM session ORDER BY id LIMIT 1');
    return row?.at ?? null;
  }

  /** Hours before `begin` have no sessions any more: what they were by then is what they are. */
  async keepBefore(begin: Date): Promise<void> {
    await this.database.query('UPDATE report_hour SET definition = $1 WHERE hour < $2 AND definition <> $1', [
      DEFINITION,
      begin,
    ]);
  }

  /** Hours of a window that are not rolled up, and in which no session is open: the youngest ones, and how many there are. */
  async hoursToRoll({ from, to }: Span, limit: number): Promise<{ hours: Date[]; total: number }> {
    const rows = await this.database.query<{ hour: Date; total: number }>(
      `SELECT hour, count(*) OVER ()::int AS total
       FROM generate_series($1::timestamptz, $2::timestamptz - interval '1 hour', interval '1 hour') hour
       WHERE NOT EXISTS (SELECT FROM report_hour h WHERE h.hour = hour.hour AND h.definition = $3)
         AND hour NOT IN (SELECT date_trunc('hour', created_at, 'UTC') FROM session WHERE deadline_at IS NOT NULL)
       ORDER BY hour DESC LIMIT $4`,
      [from, to, DEFINITION, limit],
    );
    return { hours: rows.map(({ hour }) => hour), total: rows[0]?.total ?? 0 };
  }

  /**
   * Rolls an hour up, anew where it was: all of it or nothing. False, and nothing done, where one of its sessions is open or was
   * changed since `quietSince`: there may be more to come.
   */
  rollUp(hour: Date, quietSince: Date, at: Date): Promise<boolean> {
    const span = { from: hour, to: new Date(hour.getTime() + HOUR_MS) };
    return this.database.transaction(
      async (tx) => {
        const { sessions, isSettled } = await this.stateOf(span, quietSince, tx);
        if (!isSettled) return false;
        // Whoever rolls the same hour up waits here.
        await tx.query(
          `INSERT INTO report_hour (hour, definition, rolled_at) VALUES ($1, $2, $3)
           ON CONFLICT ON CONSTRAINT pk_report_hour DO UPDATE SET definition = excluded.definition, rolled_at = excluded.rolled_at`,
          [hour, DEFINITION, at],
        );
        const rolled = this.rolledOf(span, at);
        for (const table of ROLLED_TABLES) {
          await run(tx, (bind) => deleteHours(table, rolled, bind));
          if (sessions > 0) await run(tx, (bind) => insertHours(table, rolled, bind));
        }
        return true;
      },
      { patient: true },
    );
  }

  /** The hours and merchants of a window whose rows are not what their sessions add up to at an instant. */
  async differing(window: Span, at: Date): Promise<HourOfMerchant[]> {
    const found = new Map<string, HourOfMerchant>();
    for (const table of ROLLED_TABLES) {
      const rolled = this.rolledOf(window, at);
      const hours = await run<HourOfMerchant>(this.database.patient, (bind) => differingHours(table, rolled, bind));
      for (const one of hours) found.set(`${one.hour.toISOString()} ${one.merchantId}`, one);
    }
    return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, hour]) => hour);
  }

  /** The counts of a window by hour and merchant, straight from the sessions. */
  counts(window: Span): Promise<(HourOfMerchant & Counts)[]> {
    return run(this.database.patient, (bind) => countsOfHours(window, bind));
  }

  /** How many sessions there are in a window, by hour and merchant. */
  sessions({ from, to }: Span): Promise<(HourOfMerchant & { sessions: number })[]> {
    return this.database.patient.query(SESSIONS_OF_HOURS, [uuidV7Floor(from), uuidV7Floor(to)]);
  }

  private rolledOf(hours: Span, at: Date): RolledHours {
    const callbacksSince = new Date(at.getTime() - CALLBACKS_KEPT_MS);
    return { hours, demoMerchants: this.demoMerchants, callbacksSince };
  }

  private async stateOf({ from, to }: Span, quietSince: Date, tx: Queryable): Promise<HourState> {
    const [state] = await tx.query<HourState>(
      `SELECT count(*)::int AS sessions, coalesce(bool_and(final_at IS NOT NULL AND updated_at <= $3), true) AS "isSettled"
       FROM session WHERE id >= $1::uuid AND id < $2::uuid`,
      [uuidV7Floor(from), uuidV7Floor(to), quietSince],
    );
    if (state === undefined) throw new Error('An aggregate always has a row');
    return state;
  }
}

interface HourState {
  readonly sessions: number;
  readonly isSettled: boolean;
}

function run<Row>(db: Queryable, statement: (bind: Bind) => string): Promise<Row[]> {
  const { values, bind } = bindings();
  return db.query<Row>(statement(bind), values);
}
