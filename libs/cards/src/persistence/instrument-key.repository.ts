import { Database } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** A merchant's instrument key, wrapped. */
export interface InstrumentKeyRow {
  merchantId: string;
  id: string;
  wrapped: Buffer;
}

/** Rows of `instrument_key`. */
@Injectable()
export class InstrumentKeyRepository {
  constructor(private readonly database: Database) {}

  async find(merchantId: string): Promise<InstrumentKeyRow | null> {
    const [row] = await this.database.query<InstrumentKeyRow>(
      'SELECT merchant_id AS "merchantId", id, wrapped FROM instrument_key WHERE merchant_id = $1',
      [merchantId],
    );
    return row ?? null;
  }

  /** Another replica's key stays; this one is then not stored. */
  async insertUnlessPresent(row: InstrumentKeyRow, at: Date): Promise<void> {
    await this.database.query(
      `INSERT INTO instrument_key (merchant_id, id, wrapped, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT ON CONSTRAINT pk_instrument_key DO NOTHING`,
      [row.merchantId, row.id, row.wrapped, at],
    );
  }
}
