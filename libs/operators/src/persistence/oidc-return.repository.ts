import { Database } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** Rows of `oidc_return`: states of sign-ins that came back, for as long as one could come back again. */
@Injectable()
export class OidcReturnRepository {
  constructor(private readonly database: Database) {}

  /** Uses a state up: false when it was used before, on any replica. */
  async take(stateHash: Buffer, expiresAt: Date): Promise<boolean> {
    const rows = await this.database.query(
      `INSERT INTO oidc_return (state_hash, expires_at) VALUES ($1, $2)
       ON CONFLICT ON CONSTRAINT pk_oidc_return DO NOTHING RETURNING 1`,
      [stateHash, expiresAt],
    );
    return rows.length === 1;
  }

  async deleteExpired(now: Date): Promise<void> {
    await this.database.query('DELETE FROM oidc_return WHERE expires_at <= $1', [now]);
  }
}
