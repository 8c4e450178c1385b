import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { HostedLink } from '../domain/hosted-link';
import type { PageLeg } from '../domain/page-leg';
import type { Session } from '../domain/session';

interface LinkRow {
  token_hash: Buffer;
  session_id: string;
  merchant_id: string;
  created_at: Date;
  view_id: string | null;
  seen_at: Date | null;
  challenge_shown_at: Date | null;
  challenge_window: HostedLink['challengeWindow'];
  returned_at: Date | null;
}

const COLUMNS =
  'token_hash, session_id, merchant_id, created_at, view_id, seen_at, challenge_shown_at, challenge_window, returned_at';

/** Stores the links of hosted sessions, and when their pages came how far; a new link is stored with its session. */
@Injectable()
export class HostedLinkRepository {
  constructor(private readonly database: Database) {}

  async findByToken(tokenHash: Buffer): Promise<HostedLink | null> {
    const [row] = await this.database.query<LinkRow>(`SELECT ${COLUMNS} FROM hosted_link WHERE token_hash = $1`, [
      tokenHash,
    ]);
    return row ? toLink(row) : null;
  }

  /** The view has the session from now on. */
  async takeView({ tokenHash }: HostedLink, viewId: string, at: Date): Promise<void> {
    await this.database.query(
      'UPDATE hosted_link SET view_id = $2, seen_at = coalesce(seen_at, $3) WHERE token_hash = $1',
      [tokenHash, viewId, at],
    );
  }

  /**
   * Notes that the challenge is about to be shown, in a window of that size, unless it was before. Nothing where the session
   * is not in its challenge: looked at under a lock, because the cardholder may be declining it at this moment.
   */
  async showChallenge(
    { tokenHash, sessionId }: HostedLink,
    window: NonNullable<HostedLink['challengeWindow']>,
    at: Date,
  ): Promise<void> {
    await this.database.query(
      `WITH challenged AS (SELECT 1 FROM session WHERE id = $2 AND status = 'challenged' FOR SHARE)
       UPDATE hosted_link SET challenge_shown_at = $3, challenge_window = $4
       FROM challenged WHERE token_hash = $1 AND challenge_shown_at IS NULL`,
      [tokenHash, sessionId, at, window],
    );
  }

  /**
   * Whether the challenge was shown, told with the session's row held until the transaction ends: whoever is about to show
   * it waits.
   */
  async holdUnlessShown({ tokenHash, sessionId }: HostedLink, tx: Queryable): Promise<boolean> {
    await tx.query('SELECT 1 FROM session WHERE id = $1 FOR UPDATE', [sessionId]);
    const unshown = await tx.query('SELECT 1 FROM hosted_link WHERE token_hash = $1 AND challenge_shown_at IS NULL', [
      tokenHash,
    ]);
    return unshown.length > 0;
  }

  /** Notes that the issuer's page was through, the first time that it said so; nothing where it was never shown. */
  async noteReturn({ id, merchantId }: Pick<Session, 'id' | 'merchantId'>, at: Date): Promise<void> {
    await this.database.query(
      `UPDATE hosted_link SET returned_at = $3
       WHERE session_id = $1 AND merchant_id = $2 AND challenge_shown_at IS NOT NULL AND returned_at IS NULL`,
      [id, merchantId, at],
    );
  }

  /** Keeps when a page came to which point; what is known of a point already stands. */
  async insertLegs(
    { id, merchantId }: Pick<Session, 'id' | 'merchantId'>,
    legs: readonly { leg: PageLeg; at: Date }[],
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO session_leg (session_id, merchant_id, leg, at)
       SELECT $1, $2, leg, at FROM unnest($3::text[], $4::timestamptz[]) AS reported(leg, at)
       ON CONFLICT DO NOTHING`,
      [id, merchantId, legs.map(({ leg }) => leg), legs.map(({ at }) => at)],
    );
  }

  /** Of each of these sessions a text that is another one after every change that its page could show. */
  async looks(sessionIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.database.query<{ id: string; looks: string }>(
      `SELECT s.id, concat_ws(' ', s.version, l.view_id, l.challenge_shown_at, l.returned_at) AS looks
       FROM session s JOIN hosted_link l ON l.session_id = s.id WHERE s.id = ANY ($1::uuid[])`,
      [sessionIds],
    );
    return new Map(rows.map(({ id, looks }) => [id, looks]));
  }

  /** The sealed token of a session's link; null when there is none, or it is forgotten. */
  async findSealedToken(sessionId: string, merchantId: string): Promise<Buffer | null> {
    const [row] = await this.database.query<{ token_sealed: Buffer }>(
      'SELECT token_sealed FROM hosted_link WHERE session_id = $1 AND merchant_id = $2',
      [sessionId, merchantId],
    );
    return row?.token_sealed ?? null;
  }

  /** Forgets links that are of no use to anybody any more. */
  async deleteForgotten(now: Date): Promise<void> {
    await this.database.patient.query('DELETE FROM hosted_link WHERE forget_at <= $1', [now]);
  }
}

function toLink(row: LinkRow): HostedLink {
  return {
    tokenHash: row.token_hash,
    sessionId: row.session_id,
    merchantId: row.merchant_id,
    createdAt: row.created_at,
    viewId: row.view_id,
    seenAt: row.seen_at,
    challengeShownAt: row.challenge_shown_at,
    challengeWindow: row.challenge_window,
    returnedAt: row.returned_at,
  };
}
