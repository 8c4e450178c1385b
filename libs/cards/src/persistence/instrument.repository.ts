import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { CardOwner } from '../domain/held-card';
import type { PreparedInstrument } from '../domain/instrument';

/** An instrument as stored, number and name still sealed. */
export interface InstrumentRow extends Omit<PreparedInstrument, 'fingerprintKeyVersion'> {
  readonly updatedAt: Date;
}

const OWNED = 'id = $1 AND merchant_id = $2 AND environment = $3';

/** Rows of `instrument`. */
@Injectable()
export class InstrumentRepository {
  constructor(private readonly database: Database) {}

  /**
   * Stores a card that is not there yet, or what is new about one that is; gives the id by which it is known from now on.
   * Number and fingerprint of a known one are the same; a name that is not said again stays.
   */
  async upsert(tx: Queryable, instrument: PreparedInstrument): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `INSERT INTO instrument AS i (
         id, merchant_id, environment, fingerprint, fingerprint_key_version, number_sealed, name_sealed, expiry_month,
         expiry_year, bin, last_four, created_at, updated_at, last_used_at
       ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $12)
       ON CONFLICT ON CONSTRAINT uq_instrument_card DO UPDATE SET
         name_sealed = COALESCE(excluded.name_sealed, i.name_sealed), expiry_month = $8, expiry_year = $9,
         updated_at = $12, last_used_at = $12, version = i.version + 1
       RETURNING id`,
      [
        instrument.id,
        instrument.merchantId,
        instrument.environment,
        instrument.fingerprint,
        instrument.fingerprintKeyVersion,
        instrument.numberSealed,
        instrument.nameSealed,
        instrument.expiryMonth,
        instrument.expiryYear,
        instrument.bin,
        instrument.lastFour,
        instrument.createdAt,
      ],
    );
    if (!row) throw new Error('An instrument was neither stored nor found');
    return row.id;
  }

  async find(id: string, { merchantId, environment }: CardOwner): Promise<InstrumentRow | null> {
    const [row] = await this.database.query<InstrumentRow>(
      `SELECT id, merchant_id AS "merchantId", environment, fingerprint, number_sealed AS "numberSealed",
              name_sealed AS "nameSealed", expiry_month AS "expiryMonth", expiry_year AS "expiryYear", bin,
              last_four AS "lastFour", created_at AS "createdAt", updated_at AS "updatedAt"
       FROM instrument WHERE ${OWNED}`,
      [id, merchantId, environment],
    );
    return row ?? null;
  }

  /** Notes a use; false when there is none any more. Nobody competes for that, so the version stays. */
  async touch(tx: Queryable, id: string, { merchantId, environment }: CardOwner, at: Date): Promise<boolean> {
    const touched = await tx.query(`UPDATE instrument SET last_used_at = $4 WHERE ${OWNED} RETURNING 1`, [
      id,
      merchantId,
      environment,
      at,
    ]);
    return touched.length > 0;
  }

  async delete(id: string, { merchantId, environment }: CardOwner, db: Queryable = this.database): Promise<boolean> {
    const deleted = await db.query(`DELETE FROM instrument WHERE ${OWNED} RETURNING 1`, [id, merchantId, environment]);
    return deleted.length > 0;
  }

  /** Deletes one that nobody has come back to since it was stored. */
  async deleteUntouched(id: string): Promise<void> {
    await this.database.query('DELETE FROM instrument WHERE id = $1 AND version = 1 AND last_used_at = created_at', [
      id,
    ]);
  }
}
