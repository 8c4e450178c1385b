import type { MaskedNotice, NoticeAnswer } from '@app/authentication-port';
import { Database, storableJson, type Queryable, type QueueDepth } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** A notice as it was stored on arrival. */
export interface NewNotice {
  connector: string;
  noticeId: string;
  sessionId: string;
  body: MaskedNotice;
  secretsSealed: Buffer | null;
  receivedAt: Date;
}

/** A notice and what was answered to it; `answer` null: not acted upon yet. */
export type StoredNotice = Omit<NewNotice, 'receivedAt'> & { answer: NoticeAnswer | null };

/** A notice that was stored and not acted upon. */
export type LeftNotice = Pick<NewNotice, 'connector' | 'noticeId' | 'sessionId' | 'secretsSealed' | 'receivedAt'> & {
  /** How often it could not be acted upon. */
  tries: number;
};

interface NoticeRow {
  connector: string;
  notice_id: string;
  session_id: string;
  body: MaskedNotice;
  secrets_sealed: Buffer | null;
  answer: NoticeAnswer | null;
  received_at: Date;
  tries: number;
}

/** Stores notices: unique across time by connector and notice id. */
@Injectable()
export class NoticeRepository {
  constructor(private readonly database: Database) {}

  /**
   * Stores a notice; does nothing when it is known already. False, and nothing stored, when it is one more than `limit`
   * different ones for its session.
   */
  async insert(notice: NewNotice, limit = Infinity): Promise<boolean> {
    const [inserted] = await this.database.query(
      `INSERT INTO notice_seen (connector, notice_id, session_id, body, secrets_sealed, received_at)
       SELECT $1, $2, $3::uuid, $4::jsonb, $5::bytea, $6::timestamptz
       WHERE (SELECT count(*) FROM notice_seen WHERE session_id = $3::uuid) < $7::double precision
       ON CONFLICT ON CONSTRAINT pk_notice_seen DO NOTHING RETURNING 1`,
      [
        notice.connector,
        notice.noticeId,
        notice.sessionId,
        storableJson(notice.body),
        notice.secretsSealed,
        notice.receivedAt,
        limit,
      ],
    );
    if (inserted) return true;
    const [known] = await this.database.query('SELECT 1 FROM notice_seen WHERE connector = $1 AND notice_id = $2', [
      notice.connector,
      notice.noticeId,
    ]);
    return known !== undefined;
  }

  /** Reads a stored notice and holds it until the transaction ends: twins wait. */
  async lock(connector: string, noticeId: string, tx: Queryable): Promise<StoredNotice> {
    const [row] = await tx.query<NoticeRow>(
      `SELECT connector, notice_id, session_id, body, secrets_sealed, answer FROM notice_seen
       WHERE connector = $1 AND notice_id = $2 FOR UPDATE`,
      [connector, noticeId],
    );
    if (!row) throw new Error('A stored notice is gone');
    return {
      connector: row.connector,
      noticeId: row.notice_id,
      sessionId: row.session_id,
      body: row.body,
      secretsSealed: row.secrets_sealed,
      answer: row.answer,
    };
  }

  /** Keeps the answer and forgets the sealed secrets: they live on with the session. */
  async answered(connector: string, noticeId: string, answer: NoticeAnswer, at: Date, tx: Queryable): Promise<void> {
    await tx.query(
      `UPDATE notice_seen SET answer = $3::jsonb, acted_at = $4, secrets_sealed = NULL
       WHERE connector = $1 AND notice_id = $2`,
      [connector, noticeId, storableJson(answer), at],
    );
  }

  /**
   * Notices received before `before` that nobody acted upon and whose next try is `due`, oldest first; `after` is the last
   * one of the page before.
   */
  async findLeft(at: { before: Date; due: Date }, limit: number, after?: LeftNotice): Promise<LeftNotice[]> {
    const rows = await this.database.query<NoticeRow>(
      `SELECT connector, notice_id, session_id, secrets_sealed, received_at, tries FROM notice_seen
       WHERE acted_at IS NULL AND received_at < $1 AND (next_try_at IS NULL OR next_try_at <= $6)
         AND (received_at, connector, notice_id) > ($3::timestamptz, $4::text, $5::text)
       ORDER BY received_at, connector, notice_id LIMIT $2`,
      [at.before, limit, after?.receivedAt ?? '-infinity', after?.connector ?? '', after?.noticeId ?? '', at.due],
    );
    return rows.map(toLeft);
  }

  /** Those that nobody acted upon yet. */
  async left(): Promise<QueueDepth> {
    const [row] = await this.database.query<QueueDepth>(
      `SELECT count(*)::int AS count, min(received_at) AS "oldestAt" FROM notice_seen WHERE acted_at IS NULL`,
    );
    return row ?? { count: 0, oldestAt: null };
  }

  /** The notices of a session that nobody acted upon, oldest first. */
  async findLeftOf(sessionId: string): Promise<LeftNotice[]> {
    const rows = await this.database.query<NoticeRow>(
      `SELECT connector, notice_id, session_id, secrets_sealed, received_at, tries FROM notice_seen
       WHERE acted_at IS NULL AND session_id = $1 ORDER BY received_at`,
      [sessionId],
    );
    return rows.map(toLeft);
  }

  /** One more try was in vain: the next is at `again`, or never. */
  async postpone({ connector, noticeId }: LeftNotice, again: Date | null): Promise<void> {
    await this.database.query(
      `UPDATE notice_seen SET tries = tries + 1, next_try_at = $3
       WHERE connector = $1 AND notice_id = $2 AND acted_at IS NULL`,
      [connector, noticeId, again ?? 'infinity'],
    );
  }

  /** Forgets notices received before `before`: no upstream repeats itself that late. */
  async deleteReceivedBefore(before: Date): Promise<void> {
    await this.database.patient.query('DELETE FROM notice_seen WHERE received_at < $1', [before]);
  }
}

function toLeft(row: NoticeRow): LeftNotice {
  return {
    connector: row.connector,
    noticeId: row.notice_id,
    sessionId: row.session_id,
    secretsSealed: row.secrets_sealed,
    receivedAt: row.received_at,
    tries: row.tries,
  };
}
