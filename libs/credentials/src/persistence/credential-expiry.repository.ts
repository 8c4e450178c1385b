import { Database } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { AccountConnector } from '../domain/connector-account';
import type { Environment } from '../domain/model';

/** A credential that ends, of an account in use. Ids are UUIDs. */
export interface ExpiringCredential {
  id: string;
  accountId: string;
  merchantId: string;
  connector: AccountConnector;
  environment: Environment;
  clientId: string;
  expiresAt: Date;
  /** The rung that was announced last. */
  announcedDays: number | null;
}

const SELECT_ENDING = `
  SELECT c.id, c.account_id AS "accountId", c.merchant_id AS "merchantId", a.connector, a.environment,
         c.client_id AS "clientId", c.expires_at AS "expiresAt", c.announced_days AS "announcedDays"
  FROM connector_credential c JOIN connector_account a ON a.id = c.account_id
  WHERE c.expires_at IS NOT NULL AND c.retires_at IS NULL AND a.status = 'active'`;
const EARLIEST_FIRST = 'ORDER BY c.expires_at, c.id';

/** What the calendar of `connector_credential` and `connector_webhook_key` asks for. */
@Injectable()
export class CredentialExpiryRepository {
  constructor(private readonly database: Database) {}

  /** Newest credentials of active accounts that end before `until`, the earliest first. */
  async findEnding(until: Date, limit: number): Promise<ExpiringCredential[]> {
    return this.database.query<ExpiringCredential>(
      `${SELECT_ENDING} AND c.expires_at <= $1 ${EARLIEST_FIRST} LIMIT $2`,
      [until, limit],
    );
  }

  /** Those of them that have come to one of `rungs` (days before the end) that is below what was announced last. */
  async findUnannounced(rungs: readonly number[], now: Date, limit: number): Promise<ExpiringCredential[]> {
    return this.database.query<ExpiringCredential>(
      `${SELECT_ENDING} AND EXISTS (
         SELECT FROM unnest($1::int[]) AS rung
         WHERE c.expires_at <= $2::timestamptz + rung * interval '24 hours'
           AND (c.announced_days IS NULL OR rung < c.announced_days))
       ${EARLIEST_FIRST} LIMIT $3`,
      [rungs, now, limit],
    );
  }

  async setAnnounced(id: string, expiresAt: Date, rung: number): Promise<void> {
    // A date that was set meanwhile has a ladder of its own.
    await this.database.query('UPDATE connector_credential SET announced_days = $3 WHERE id = $1 AND expires_at = $2', [
      id,
      expiresAt,
      rung,
    ]);
  }

  /** Destroys credentials and webhook keys that ended before `before`; gives how many. */
  async deleteEnded(before: Date): Promise<number> {
    const [gone] = await this.database.query<{ count: number }>(
      `WITH credentials AS (DELETE FROM connector_credential WHERE retires_at < $1 RETURNING 1),
            keys AS (DELETE FROM connector_webhook_key WHERE retires_at < $1 RETURNING 1)
       SELECT ((SELECT count(*) FROM credentials) + (SELECT count(*) FROM keys))::int AS count`,
      [before],
    );
    return gone?.count ?? 0;
  }
}
