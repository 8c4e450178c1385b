import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** Rows of `operator_invitation`: one per person at most, the newest. */
@Injectable()
export class InvitationRepository {
  constructor(private readonly database: Database) {}

  /** Replaces what was there. */
  async put(operatorId: string, tokenHash: Buffer, expiresAt: Date, tx: Queryable): Promise<void> {
    await tx.query(
      `INSERT INTO operator_invitation (operator_id, token_hash, expires_at) VALUES ($1, $2, $3)
       ON CONFLICT ON CONSTRAINT pk_operator_invitation DO UPDATE SET token_hash = $2, expires_at = $3`,
      [operatorId, tokenHash, expiresAt],
    );
  }

  /** Whose invitation a token is, if it is still good. */
  async find(tokenHash: Buffer, now: Date): Promise<string | null> {
    const [row] = await this.database.query<{ operatorId: string }>(
      'SELECT operator_id AS "operatorId" FROM operator_invitation WHERE token_hash = $1 AND expires_at > $2',
      [tokenHash, now],
    );
    return row?.operatorId ?? null;
  }

  /** Uses it up: false when somebody was faster. */
  async take(tokenHash: Buffer, now: Date, tx: Queryable): Promise<boolean> {
    const rows = await tx.query(
      'DELETE FROM operator_invitation WHERE token_hash = $1 AND expires_at > $2 RETURNING 1',
      [tokenHash, now],
    );
    return rows.length === 1;
  }

  async deleteOf(operatorId: string, tx: Queryable): Promise<void> {
    await tx.query('DELETE FROM operator_invitation WHERE operator_id = $1', [operatorId]);
  }

  async deleteExpired(now: Date): Promise<void> {
    await this.database.query('DELETE FROM operator_invitation WHERE expires_at <= $1', [now]);
  }
}
