import type { Environment } from '@app/authentication-port';
import type { Scheme } from '@app/kernel';
import { Database } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { SessionStatus } from '../domain/session.machine';

/** A session as a list shows it. `id` is a UUID, the amount in minor units. */
export interface SessionLine {
  readonly id: string;
  readonly environment: Environment;
  readonly status: SessionStatus;
  readonly scheme: Scheme;
  readonly amountMinor: number;
  readonly currency: string;
  readonly reference: string | null;
  readonly createdAt: Date;
}

type Row = Omit<SessionLine, 'amountMinor'> & { amountMinor: string };

/** Reads many sessions at a time, as the reader: Postgres itself keeps merchants apart. */
@Injectable()
export class SessionListRepository {
  constructor(private readonly database: Database) {}

  /** The newest sessions of a merchant, at most `limit`; with `after`, those older than that one. */
  async newest(merchantId: string, limit: number, after: string | null): Promise<SessionLine[]> {
    // Ids sort by time. Naming the merchant as well lets one index give the rows in their order.
    const rows = await this.database.asReader([merchantId], (reader) =>
      reader.query<Row>(
        `SELECT id, environment, status, scheme, amount_minor AS "amountMinor", currency, reference,
           created_at AS "createdAt"
         FROM session WHERE merchant_id = $1 AND id < $2
         ORDER BY id DESC LIMIT $3`,
        [merchantId, after ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff', limit],
      ),
    );
    return rows.map((row) => ({ ...row, amountMinor: Number(row.amountMinor) }));
  }
}
