import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { AccessKey, MerchantStatus } from '../domain/model';

/** An access key as stored, with the state of its merchant: all that decides whether it is welcome. */
export interface AccessKeyRow extends AccessKey {
  macKeySealed: Buffer;
  secretMac: Buffer;
  merchantStatus: MerchantStatus;
}

const PUBLIC_COLUMNS = `
  k.id, k.merchant_id AS "merchantId", k.environment, k.default_channel_id AS "defaultChannelId", k.scopes,
  k.token_ttl_seconds AS "tokenTtlSeconds", k.created_at AS "createdAt", k.last_used_at AS "lastUsedAt",
  k.revoked_at AS "revokedAt"`;

/** Rows of `access_key`. */
@Injectable()
export class AccessKeyRepository {
  constructor(private readonly database: Database) {}

  async insert(key: Omit<AccessKeyRow, 'merchantStatus'>, tx: Queryable): Promise<void> {
    await tx.query(
      `INSERT INTO access_key (
         id, merchant_id, environment, default_channel_id, mac_key_sealed, secret_mac, scopes, token_ttl_seconds, created_at
       ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        key.id,
        key.merchantId,
        key.environment,
        key.defaultChannelId,
        key.macKeySealed,
        key.secretMac,
        key.scopes,
        key.tokenTtlSeconds,
        key.createdAt,
      ],
    );
  }

  async findWithMerchant(id: string): Promise<AccessKeyRow | null> {
    const [key] = await this.database.query<AccessKeyRow>(
      `SELECT ${PUBLIC_COLUMNS}, k.mac_key_sealed AS "macKeySealed", k.secret_mac AS "secretMac",
              m.status AS "merchantStatus"
       FROM access_key k JOIN merchant m ON m.id = k.merchant_id
       WHERE k.id = $1`,
      [id],
    );
    return key ?? null;
  }

  async listOfMerchant(merchantId: string): Promise<AccessKey[]> {
    return this.database.query<AccessKey>(
      `SELECT ${PUBLIC_COLUMNS} FROM access_key k WHERE k.merchant_id = $1 ORDER BY k.created_at, k.id`,
      [merchantId],
    );
  }

  async find(id: string): Promise<AccessKey | null> {
    const [key] = await this.database.query<AccessKey>(`SELECT ${PUBLIC_COLUMNS} FROM access_key k WHERE k.id = $1`, [
      id,
    ]);
    return key ?? null;
  }

  /** The key, which nobody else can change until `tx` ends. */
  async findLocked(id: string, tx: Queryable): Promise<AccessKey | null> {
    const [key] = await tx.query<AccessKey>(`SELECT ${PUBLIC_COLUMNS} FROM access_key k WHERE k.id = $1 FOR UPDATE`, [
      id,
    ]);
    return key ?? null;
  }

  /**
   * Ends a key at `at`, which may be to come. Returns the key as it is afterwards, or null when there is none. The earlier
   * of two ends counts.
   */
  async revoke(id: string, at: Date, tx: Queryable): Promise<AccessKey | null> {
    const [key] = await tx.query<AccessKey>(
      `UPDATE access_key k
       SET revoked_at = LEAST(k.revoked_at, $2), version = k.version + CASE WHEN k.revoked_at <= $2 THEN 0 ELSE 1 END
       WHERE k.id = $1
       RETURNING ${PUBLIC_COLUMNS}`,
      [id, at],
    );
    return key ?? null;
  }

  /** Notes a use; not a change that anybody competes for, so the version stays. */
  async touch(id: string, at: Date): Promise<void> {
    await this.database.query(
      'UPDATE access_key SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)',
      [id, at],
    );
  }
}
