import { newUuidV7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { Database, type Queryable } from '../database/database';

/** Who looked at what on the path of a payment. Never holds a secret, card number or authentication value. */
export interface AccessEntry {
  at: Date;
  /** UUID of the merchant whose data it was; null for what concerns the whole installation. */
  merchantId: string | null;
  /** Kind and wire id of who did it, such as `access_key:ack_…`. */
  actor: string;
  /** Such as `authorization_data.read`. */
  act: string;
  /** The wire id of what it was done to. */
  subject: string;
  data?: Readonly<Record<string, unknown>>;
}

/**
 * The table `access_log`: entries are added, never changed or taken away. They come with payments, so nothing chains them,
 * and none waits for another; what operators do goes to the `AuditSink`.
 */
@Injectable()
export class AccessLog {
  constructor(private readonly database: Database) {}

  /** Resolves once the entry is stored, within the transaction `tx` where one is given. */
  async record(entry: AccessEntry, tx: Queryable = this.database): Promise<void> {
    await tx.query(
      `INSERT INTO access_log (id, at, merchant_id, actor, act, subject, data) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        newUuidV7(entry.at),
        entry.at,
        entry.merchantId,
        entry.actor,
        entry.act,
        entry.subject,
        JSON.stringify(entry.data ?? {}),
      ],
    );
  }
}
