import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { MerchantStatus } from '../domain/model';
import type { PublicKey } from '../domain/public-key';

/** A public key with the state of its merchant: all that decides whether it is welcome. */
export interface PublicKeyRow extends PublicKey {
  merchantStatus: MerchantStatus;
}

const COLUMNS = `
  k.id, k.merchant_id AS "merchantId", k.environment, k.channel_id AS "channelId",
  k.allowed_origins AS "allowedOrigins", k.created_at AS "createdAt", k.last_used_at AS "lastUsedAt",
  k.revoked_at AS "revokedAt"`;

/** Rows of `public_key`. */
@Injectable()
export class PublicKeyRepository {
  constructor(private readonly database: Database) {}

  async insert(key: PublicKey, tx: Queryable): Promise<void> {
    await tx.query(
      `INSERT INTO public_key (id, merchant_id, environment, channel_id, allowed_origins, created_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [key.id, key.merchantId, key.environment, key.channelId, key.allowedOrigins, key.createdAt],
    );
  }

  async findWithMerchant(id: string): Promise<PublicKeyRow | null> {
    const [key] = await this.database.query<PublicKeyRow>(
      `SELECT ${COLUMNS}, m.status AS "merchantStatus"
       FROM public_key k JOIN merchant m ON m.id = k.merchant_id WHERE k.id = $1`,
      [id],
    );
    return key ?? null;
  }

  async listOfChannel(channelId: string): Promise<PublicKey[]> {
    return this.database.query<PublicKey>(
      `SELECT ${COLUMNS} FROM public_key k WHERE k.channel_id = $1 ORDER BY k.created_at, k.id`,
      [channelId],
    );
  }

  /** The key, which nobody else can change until `tx` ends. */
  async findLocked(id: string, tx: Queryable): Promise<PublicKey | null> {
    const [key] = await tx.query<PublicKey>(`SELECT ${COLUMNS} FROM public_key k WHERE k.id = $1 FOR UPDATE`, [id]);
    return key ?? null;
  }

  /** Returns the key as it is afterwards, or null when there is none. A revoked key keeps its first date. */
  async revoke(id: string, at: Date, tx: Queryable): Promise<PublicKey | null> {
    const [key] = await tx.query<PublicKey>(
      `UPDATE public_key k
       SET revoked_at = COALESCE(k.revoked_at, $2), version = k.version + CASE WHEN k.revoked_at IS NULL THEN 1 ELSE 0 END
       WHERE k.id = $1
       RETURNING ${COLUMNS}`,
      [id, at],
    );
    return key ?? null;
  }

  /** Notes a use; not a change that anybody competes for, so the version stays. */
  async touch(id: string, at: Date): Promise<void> {
    await this.database.query(
      'UPDATE public_key SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)',
      [id, at],
    );
  }
}
