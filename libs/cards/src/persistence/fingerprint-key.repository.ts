import { Database } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** A merchant's fingerprint key, sealed. */
export interface FingerprintKeyRow {
  merchantId: string;
  keyVersion: number;
  sealed: Buffer;
}

/** Rows of `merchant_fingerprint_key`. */
@Injectable()
export class FingerprintKeyRepository {
  constructor(private readonly database: Database) {}

  async findNewest(merchantId: string): Promise<FingerprintKeyRow | null> {
    const [row] = await this.database.query<FingerprintKeyRow>(
      `SELECT merchant_id AS "merchantId", key_version AS "keyVersion", sealed FROM merchant_fingerprint_key
       WHERE merchant_id = $1 ORDER BY key_version DESC LIMIT 1`,
      [merchantId],
    );
    return row ?? null;
  }

  /** Another replica's key of the same version stays; this one is then not stored. */
  async insertUnlessPresent(row: FingerprintKeyRow, at: Date): Promise<void> {
    await this.database.query(
      `INSERT INTO merchant_fingerprint_key (merchant_id, key_version, sealed, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT ON CONSTRAINT pk_merchant_fingerprint_key DO NOTHING`,
      [row.merchantId, row.keyVersion, row.sealed, at],
    );
  }
}
