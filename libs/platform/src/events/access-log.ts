import { newUuidV7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { Database, type Queryable } from '../database/database';
import type { AuditEntry, AuditSink } from './audit-sink';

/** The table `access_log`: entries are added, never changed or taken away. */
@Injectable()
export class AccessLog implements AuditSink {
  constructor(private readonly database: Database) {}

  async record(entry: AuditEntry, tx: Queryable = this.database): Promise<void> {
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
