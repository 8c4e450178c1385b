import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { Merchant, MerchantStatus } from '../domain/model';

const COLUMNS = 'id, name, status, created_at AS "createdAt"';

/** Rows of `merchant`. */
@Injectable()
export class MerchantRepository {
  constructor(private readonly database: Database) {}

  async insert(merchant: Merchant, tx: Queryable = this.database): Promise<void> {
    await tx.query('INSERT INTO merchant (id, name, status, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)', [
      merchant.id,
      merchant.name,
      merchant.status,
      merchant.createdAt,
    ]);
  }

  /** By name, then by age. */
  async list(): Promise<Merchant[]> {
    return this.database.query<Merchant>(`SELECT ${COLUMNS} FROM merchant ORDER BY name, id`);
  }

  async findById(id: string, tx: Queryable = this.database): Promise<Merchant | null> {
    const [merchant] = await tx.query<Merchant>(`SELECT ${COLUMNS} FROM merchant WHERE id = $1`, [id]);
    return merchant ?? null;
  }

  /** Returns the merchant as it is afterwards, or null when there is none. */
  async setStatus(
    id: string,
    status: MerchantStatus,
    at: Date,
    tx: Queryable = this.database,
  ): Promise<Merchant | null> {
    const [merchant] = await tx.query<Merchant>(
      `UPDATE merchant
       SET status = $2,
           updated_at = CASE WHEN status = $2 THEN updated_at ELSE $3 END,
           version = version + CASE WHEN status = $2 THEN 0 ELSE 1 END
       WHERE id = $1
       RETURNING ${COLUMNS}`,
      [id, status, at],
    );
    return merchant ?? null;
  }

  /** Returns the merchant as it is afterwards, or null when there is none. */
  async setName(id: string, name: string, at: Date, tx: Queryable): Promise<Merchant | null> {
    const [merchant] = await tx.query<Merchant>(
      `UPDATE merchant SET name = $2, updated_at = $3, version = version + 1 WHERE id = $1 RETURNING ${COLUMNS}`,
      [id, name, at],
    );
    return merchant ?? null;
  }
}
