import { Database } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { KeyPurpose } from '../domain/key-purpose';

/** A data key that still exists, wrapped. */
export interface DataKeyRow {
  id: string;
  purpose: KeyPurpose;
  /** Days since 1970-01-01. */
  day: number;
  wrapped: Buffer;
}

/** A data key about to be stored. */
export interface NewDataKeyRow {
  id: string;
  purpose: KeyPurpose;
  isoDay: string;
  wrapped: Buffer;
  createdAt: Date;
  destroyAfter: Date;
}

const COLUMNS = `id, purpose, day - DATE '1970-01-01' AS day, wrapped`;

/** Rows of `data_key`. A destroyed key keeps its row, without the key. */
@Injectable()
export class DataKeyRepository {
  constructor(private readonly database: Database) {}

  async listAlive(): Promise<DataKeyRow[]> {
    return this.database.query<DataKeyRow>(`SELECT ${COLUMNS} FROM data_key WHERE destroyed_at IS NULL`);
  }

  async findAlive(id: string): Promise<DataKeyRow | null> {
    const [row] = await this.database.query<DataKeyRow>(
      `SELECT ${COLUMNS} FROM data_key WHERE id = $1 AND destroyed_at IS NULL`,
      [id],
    );
    return row ?? null;
  }

  /** Another replica's key of the same purpose and day stays; this one is then not stored. */
  async insertUnlessPresent(row: NewDataKeyRow): Promise<void> {
    await this.database.query(
      `INSERT INTO data_key (id, purpose, day, wrapped, created_at, destroy_after) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT ON CONSTRAINT uq_data_key_purpose_day DO NOTHING`,
      [row.id, row.purpose, row.isoDay, row.wrapped, row.createdAt, row.destroyAfter],
    );
  }

  /**
   * Destroys the keys whose day's last clock has run out, and returns their ids. A key of cards waits for the last row
   * that names it (bytes 2 to 17 of a ciphertext), looked for around its day.
   */
  async destroyDue(at: Date): Promise<string[]> {
    const rows = await this.database.patient.query<{ id: string }>(
      `UPDATE data_key k SET wrapped = NULL, destroyed_at = $1, version = k.version + 1
       WHERE k.destroyed_at IS NULL AND k.destroy_after <= $1 AND NOT (k.purpose = 'card' AND EXISTS (
         SELECT 1 FROM card c
         WHERE c.session_id >= countersign_uuid_floor((k.day - 2)::timestamp AT TIME ZONE 'UTC')
           AND c.session_id < countersign_uuid_floor((k.day + 4)::timestamp AT TIME ZONE 'UTC')
           AND substring(c.sealed FROM 2 FOR 16) = uuid_send(k.id)
       ))
       RETURNING k.id`,
      [at],
    );
    return rows.map(({ id }) => id);
  }
}
