import { Database } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** Stores the links of hosted sessions; a new one is stored with its session. */
@Injectable()
export class HostedLinkRepository {
  constructor(private readonly database: Database) {}

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
